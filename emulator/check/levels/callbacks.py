"""Work that a call begins and whose end is told to an address that the call names."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from emulator.check import schema
from emulator.check.asking import ask
from emulator.check.exchange import Asked
from emulator.check.hints import dig, hints
from emulator.check.levels.deliveries import SOON, reachable
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.receiver import receiver_of
from emulator.check.rest import Operation, RestContract
from emulator.check.rule import Rule, finding
from emulator.check.run import Run
from emulator.check.values import expanded
from emulator.contract.document import Node


def checks(contract: Contract) -> Iterator[Check]:
    """`callbacks` of checks.yaml has the cases."""
    if not isinstance(contract, RestContract):
        return
    for name, row in hints(contract.vendor).table("callbacks").items():
        for case in row["cases"]:
            operation, needs = contract.operations[name], frozenset[Need]({"writes", "clock", "own world"})
            id_ = f"{contract.vendor}/{name}/callback.{case['name'].replace(' ', '-')}"
            yield Check(id_, "behaviour", case["name"], _run(contract, operation, row, case), needs)


def _run(contract: RestContract, operation: Operation, row: Node, case: Node) -> Any:
    def run(this: Run) -> None:
        if not reachable(this):
            raise Skipped("the target cannot reach a receiver of ours: --receiver URL names one that it can")
        with this.elsewhere(**{contract.vendor: row["world"]}) as there:
            before, known = _list(there, contract, row)
            given = {name: _filled(there, contract, value, known) for name, value in case["with"].items()}
            came = _called(this, there, contract, operation, row, given)
            _told(this, contract, row, case, came)
            for asked in came:
                _echoed(this, contract, row, asked, given)
            after, _ = _list(there, contract, row, known)
            _joined(this, operation, case, before, after, given)

    return run


def _list(run: Run, contract: RestContract, row: Node, known: Node | None = None) -> tuple[list[Any], Node]:
    """Who is in the list, and what `know` takes from the two answers before."""
    where = row["list"]
    if known is None:
        parents = ask(run, contract, contract.operations[where["of"]], {}).json
        known = {name: dig(parents, path) for name, path in where["take"].items()}
    other, mine = (
        ask(run, contract, contract.operations[where["from"]], {where["by"]: known[key]}).json
        for key in ("other", "mine")
    )
    inside, outside = dig(mine, where["rows"]), dig(other, where["rows"])
    if not isinstance(inside, list) or not isinstance(outside, list):
        raise Skipped(f"{where['from']} has no {where['rows']}")
    key = where["key"]
    here = [each[key] for each in inside]
    strangers = [each[key] for each in outside if each[key] and each[key] not in here]
    return here, {**known, "member": next(filter(None, here), None), "stranger": next(iter(strangers), None)}


def _filled(run: Run, contract: RestContract, value: Any, known: Node) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        if known[value[1:]] is None:
            raise Skipped(f"there is no {value[1:]}")
        return known[value[1:]]
    return expanded(run, contract, value)


def _called(
    run: Run, there: Run, contract: RestContract, operation: Operation, row: Node, given: dict[str, Any]
) -> list[Asked]:
    """What came to the address that the call names, once its time is over."""
    receiver = receiver_of(run)
    path = f"/{contract.vendor}/{operation.id}-{len(receiver.received)}-{len(run.coverage.rules)}"
    ask(there, contract, operation, {**given, row["address"]: receiver.url + path})
    there.advance(row["seconds"])
    return receiver.wait(urlsplit(receiver.url).path + path, 1, SOON)


def _told(run: Run, contract: RestContract, row: Node, case: Node, came: list[Asked]) -> None:
    """One for each status that is due, with the body of the event and the number of its name."""
    node = contract.events[row["event"]]
    names = [dig(each.json, row["status"]["name"]) for each in came]
    rule = _rule(contract, row, "delivered", "Its end is told once for each part of it.")
    run.expect(sorted(map(str, names)) == sorted(case["told"]), rule, names or "nothing", case["told"])
    body = _rule(contract, row, "body", "The body is as its schema says.")
    content = contract.resolve(node["requestBody"])["content"]["application/json"]["schema"]
    codes = contract.document["components"]["schemas"][row["status"]["schema"]]["x-codes"]
    for asked in came:
        run.coverage.rules.add(body.id)
        for error in schema.wrong(contract.validator(content), asked.json):
            at = "".join(f"/{step}" for step in error.instance_path)
            run.report(finding(body, schema.at(asked.json, error.instance_path), error.message, at=at))
        number, name = dig(asked.json, row["status"]["number"]), dig(asked.json, row["status"]["name"])
        pair = _rule(contract, row, "status", "Number and name of the status belong together.")
        run.expect(codes.get(name) == number, pair, f"{number} {name}", codes.get(name))


def _echoed(run: Run, contract: RestContract, row: Node, asked: Asked, given: dict[str, Any]) -> None:
    """The request comes back, without its credential."""
    secret = hints(contract.vendor).table("token-in-body").get(row["operation"], "")
    echo = dig(asked.json, row["echo"])
    due = {name: value for name, value in given.items() if name != secret}
    came = {name: dig(echo, name) for name in due}
    run.expect(came == due, _rule(contract, row, "echo", "What was asked for is repeated."), came, due)
    rule = _rule(contract, row, "secret", "The credential is not told to the address.")
    run.expect(not secret or dig(echo, secret) is None, rule, f"the {secret}", "no credential")


def _joined(
    run: Run, operation: Operation, case: Node, before: list[Any], after: list[Any], given: dict[str, Any]
) -> None:
    added = [given[case["joins"]]] if "joins" in case else []
    rule = operation.rule("joined", "Who is imported stands in the list once; nobody else comes or goes.")
    run.expect(sorted(after) == sorted([*before, *added]), rule, sorted(after), sorted([*before, *added]))


def _rule(contract: RestContract, row: Node, name: str, words: str) -> Rule:
    node = contract.events[row["event"]]
    return Rule(f"{contract.vendor}/{row['event']}/{name}", words, node["x-evidence"], node["x-source"])
