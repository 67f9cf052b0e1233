"""GraphQL: filters, objects found in several ways, and the same answer to the same question."""

from collections.abc import Iterator
from typing import Any

from emulator.check.asking import ask_graph
from emulator.check.filtering import Filter, kept_by, wanted
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import dig, hints
from emulator.check.knowledge import known
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.run import Run


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, GraphContract):
        return
    for root in contract.operations.values():
        if root.safe:
            words = "The same question, asked again at the same moment, has the same answer."
            run = _check(contract, root, "repeated", words, lambda run, root=root: _repeated(run, contract, root))
            yield Check(run.id, run.level, words, run.run, frozenset[Need]({"own world"}))
    yield from _told(contract)


def _check(contract: GraphContract, root: Root, name: str, words: str, run: Any) -> Check:
    return Check(f"{contract.vendor}/{root.id}/{name}", "behaviour", words, run)


def _told(contract: GraphContract) -> Iterator[Check]:
    """What `checks.yaml` has on operations of this contract."""
    told = hints(contract.vendor).node
    for row in told.get("filters", ()):
        if row["for"] in contract.operations:
            root = contract.operations[row["for"]]
            name = f"filter.{row['by']}.{row.get('rule', 'equal')}"
            yield _check(contract, root, name, "The filter is honoured.", _filter(contract, root, row))
    for row in told.get("found", ()):
        if row["by"] in contract.operations:
            root = contract.operations[row["by"]]
            name = f"found.{'-'.join(row['take'])}"
            yield _check(contract, root, name, "What is listed is found, and is the same.", _found(contract, root, row))


def _repeated(run: Run, contract: GraphContract, root: Root) -> None:
    arguments = known(run, contract).arguments(root)
    once, again = (ask_graph(run, contract, root, arguments) for _ in range(2))
    rule = root.rule("repeated", "The same question has the same answer.", "assumed", "GraphQL: a query is safe")
    run.expect(
        once.answered.body == again.answered.body, rule, again.answered.body[:80], once.answered.body[:80], again
    )


def _filter(contract: GraphContract, root: Root, row: Any) -> Any:
    """`by` is an argument, or `argument.field` of an input; rows are those of the connection."""

    def run(this: Run) -> None:
        each = Filter(row["by"], row["field"], row.get("rule", "equal"), "", row["evidence"], whole=True)
        rows = known(this, contract).rows(row["of"])
        value = row["value"] if "value" in row else wanted(each, rows)
        if value is None:
            raise Skipped(f"no {row['of']} tells a {row['field']}")
        argument, _, inner = row["by"].partition(".")
        given = {**row.get("with", {}), argument: {inner: value} if inner else value}
        selection = row["select"]
        exchange = ask_graph(this, contract, root, known(this, contract).arguments(root) | given, selection)
        came = dig(exchange.json, f"data.{root.name}.{row.get('rows', 'nodes')}")
        rule = root.rule(f"filter.{row['by']}", "The filter is honoured.", row["evidence"])
        if not isinstance(came, list) or not came:
            this.expect(False, rule, exchange.answered.body[:120], f"objects with {row['field']} in {value}", exchange)
            return
        strangers = [dig(other, row["field"]) for other in came if not kept_by(each, value, other)]
        this.expect(not strangers, rule, f"{strangers[:3]} for {value}", value, exchange)
        fitting = [other for other in rows if kept_by(each, value, other)]
        this.expect(
            len(came) >= min(len(fitting), 100), rule, f"{len(came)} objects", f"{len(fitting)} that fit", exchange
        )

    return run


def _listing(run: Run, contract: GraphContract, row: Any) -> list[Any]:
    """Objects seen so far, or those that the list `from` has now; `made-by` makes a first one."""
    if "from" not in row:
        return known(run, contract).rows(row["of"])
    root = contract.operations[row["from"]]
    found = _listed(run, contract, root)
    if not found and "made-by" in row:
        known(run, contract).good(contract.operations[row["made-by"]])
        found = _listed(run, contract, root)
    return found


def _listed(run: Run, contract: GraphContract, root: Root) -> list[Any]:
    exchange = ask_graph(run, contract, root, known(run, contract).arguments(root))
    found = dig(exchange.json, f"data.{root.name}") or []
    return found if isinstance(found, list) else found.get("nodes") or []


def _found(contract: GraphContract, root: Root, row: Any) -> Any:
    """An object that was listed, looked up by some of its fields."""

    def run(this: Run) -> None:
        listing = _listing(this, contract, row)[:2]
        if not listing:
            raise Skipped("nothing is listed that could be looked up")
        for listed in listing:
            arguments = {name: dig(listed, path) for name, path in row["take"].items()}
            exchange = ask_graph(this, contract, root, arguments)
            came = dig(exchange.json, f"data.{root.name}")
            rule = root.rule(
                f"found.{'-'.join(arguments)}", "What is listed is found, and is the same.", row["evidence"]
            )
            shared = listed.keys() & (came or {}).keys()
            other = sorted(
                key for key in shared if not isinstance(listed[key], dict | list) and listed[key] != came[key]
            )
            this.expect(
                bool(shared) and not other, rule, f"other values of {other}" if shared else came, "the same", exchange
            )

    return run
