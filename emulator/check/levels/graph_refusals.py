"""GraphQL: credentials, the dialect of errors, and introspection."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, build_client_schema, get_introspection_query

from emulator.check import schema
from emulator.check.asking import Who, ask_graph
from emulator.check.graph import GraphContract, Root, question, types
from emulator.check.hints import dig, hints
from emulator.check.knowledge import known
from emulator.check.plan import Check, Contract, Need
from emulator.check.run import Run


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, GraphContract):
        return
    for root in contract.operations.values():
        needs = frozenset[Need]() if root.safe else frozenset[Need]({"writes"})
        words = "Without credentials, and with wrong ones, it is refused."
        yield _check(contract, root, "credentials", words, needs, _credentials)
        words = "What the schema does not have is refused, with errors and without data."
        yield _check(contract, root, "refuses", words, needs, _refuses)
    first = next(iter(contract.operations.values()))
    words = "Introspection tells the contract's schema."
    yield _check(contract, first, "introspection", words, frozenset(), _introspection)
    for name, row in hints(contract.vendor).table("dialect").get(contract.name, {}).items():
        yield _check(contract, first, f"dialect.{name}", row["words"], frozenset(), _dialect(name, row))


def _check(contract: GraphContract, root: Root, name: str, words: str, needs: frozenset[Need], perform: Any) -> Check:
    def run(this: Run) -> None:
        perform(this, contract, root)

    return Check(f"{contract.vendor}/{root.id}/{name}", "behaviour", words, run, needs)


def _credentials(run: Run, contract: GraphContract, root: Root) -> None:
    told = hints(contract.vendor).table("outside")
    arguments = {name: _shown(root, name) for name in root.required}
    answers: tuple[Who, ...] = ("nobody", "stranger")
    for who in answers:
        exchange = ask_graph(run, contract, root, arguments, who=who)
        rule = root.rule(
            f"credentials.{who}", "Without good credentials, it is refused.", told["evidence"], told["source"]
        )
        run.expect(exchange.status == 401, rule, f"{exchange.status} to {who}", 401, exchange)
        run.expect("data" not in (exchange.json or {}), rule, exchange.answered.body[:80], "no data", exchange)


def _shown(root: Root, name: str) -> Any:
    """Of the right type; nobody should look at it."""
    type_ = str(root.field.args[name].type).strip("!")
    values = getattr(root.field.args[name].type, "of_type", root.field.args[name].type)
    return 1 if type_ == "Int" else next(iter(getattr(values, "values", {"1": None})))


def _refuses(run: Run, contract: GraphContract, root: Root) -> None:
    """An unknown field, an unknown argument, and each required argument left out."""
    usual = known(run, contract).arguments(root)
    body = question(root, usual)
    texts = {"argument": body["query"].replace(f"{root.name}(", f"{root.name}(noSuchArgument: 1, ", 1)}
    if " { " in body["query"].partition(f"{{ {root.name}")[2]:
        texts["field"] = question(root, usual, "noSuchField")["query"]
    for kind, text in texts.items():
        if text != body["query"]:
            _without_data(run, contract, root, kind, {**body, "query": text})
    for name in root.required:
        left = {key: value for key, value in usual.items() if key != name}
        _without_data(run, contract, root, f"{name}.missing", question(root, left))


def _without_data(run: Run, contract: GraphContract, root: Root, kind: str, body: Any) -> None:
    exchange = ask_graph(run, contract, root, {}, body=body)
    rule = root.rule(
        f"refuses.{kind}", "What the schema does not have is refused.", "observed", "the GraphQL specification"
    )
    answer = exchange.json if isinstance(exchange.json, dict) else {}
    kept = bool(answer.get("errors")) and answer.get("data") is None
    run.expect(kept, rule, exchange.answered.body[:160], "errors, and no data", exchange)


def _introspection(run: Run, contract: GraphContract, root: Root) -> None:
    rule = root.rule("introspection", "Introspection tells the contract's schema.", "assumed", contract.source)
    exchange = ask_graph(run, contract, root, {}, body={"query": get_introspection_query(descriptions=False)})
    told = hints(contract.vendor).table("introspection").get(contract.name, {"allowed": True})
    if not told["allowed"]:
        rule = root.rule("introspection", "There is no introspection.", told["evidence"], told["source"])
        kept = bool((exchange.json or {}).get("errors")) and (exchange.json or {}).get("data") is None
        run.expect(kept, rule, exchange.answered.body[:100], "errors, and no data", exchange)
        return
    try:
        there = build_client_schema((exchange.json or {})["data"])
    except (GraphQLError, KeyError, TypeError) as error:
        run.expect(False, rule, f"{type(error).__name__} {error}", "a schema", exchange)
        return
    came, due = types(there), types(contract.schema)
    for name in sorted(due):
        mine = contract.evidence.get(name, "documented")
        rule = root.rule(f"introspection.{name}", "Introspection tells the contract's type.", mine, contract.source)
        run.expect(_lines(came.get(name)) == _lines(due[name]), rule, _difference(came.get(name), due[name]), name)


def _lines(text: str | None) -> set[str]:
    """Its fields, each with its arguments and without descriptions; the order is a matter of taste."""
    bare = re.sub(r'"""(?:.|\n)*?"""', "", text or "")
    joined = re.sub(r"\(\s*([^)]*?)\s*\)", lambda found: f"({', '.join(found[1].split(chr(10)))})", bare)
    return {" ".join(line.replace(",", " ").split()) for line in joined.splitlines()} - {""}


def _difference(came: str | None, due: str) -> str:
    if came is None:
        return "no such type"
    lacking, beside = _lines(due) - _lines(came), _lines(came) - _lines(due)
    return f"lacks {sorted(lacking)}, has {sorted(beside)}"


def _dialect(name: str, row: Any) -> Any:
    """A document and what its answer has to be like."""

    def perform(run: Run, contract: GraphContract, root: Root) -> None:
        told = {"query": row["query"], "variables": row.get("variables", {})}
        who, names = row.get("who", "customer"), row.get("names", {})
        exchange = ask_graph(run, contract, root, {}, who=who, body=told, names=names)
        rule = root.rule(f"dialect.{name}", row["words"], row["evidence"], row["source"])
        run.expect(exchange.status == row.get("status", 200), rule, exchange.status, row.get("status", 200), exchange)
        for path, due in row.get("expect", {}).items():
            run.expect(dig(exchange.json, path) == due, rule, f"{path} is {dig(exchange.json, path)!r}", due, exchange)
        if "schema" in row:
            for error in schema.wrong(schema.alone(row["schema"]), exchange.json):
                run.expect(False, rule, exchange.answered.body[:160], error.message, exchange)

    return perform
