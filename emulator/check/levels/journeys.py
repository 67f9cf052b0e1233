"""Journeys through several operations, as `checks.yaml` tells them."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any

from emulator.check.asking import ask, ask_graph
from emulator.check.exchange import Exchange
from emulator.check.graph import GraphContract
from emulator.check.hints import dig, hints
from emulator.check.knowledge import known
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.rest import RestContract
from emulator.check.rule import Rule
from emulator.check.run import Run
from emulator.check.values import candidates, expanded

_NEEDS: Mapping[str, Need] = {"writes": "writes", "time": "clock", "own world": "own world"}


def checks(contract: Contract) -> Iterator[Check]:
    """A journey is of its first operation."""
    for journey in hints(contract.vendor).node.get("journeys", ()):
        first = next(step["call"] for step in journey["steps"] if "call" in step)
        if first in contract.operations:
            needs = frozenset(_NEEDS[need] for need in journey.get("needs", ()))
            name = f"{contract.vendor}/{first}/journey.{journey['name'].replace(' ', '-')}"
            yield Check(name, "behaviour", journey["name"], _run(contract, journey, name), needs)


def _run(contract: Contract, journey: Any, name: str) -> Any:
    def run(this: Run) -> None:
        rule = Rule(name, journey["name"], journey["evidence"], journey["source"])
        kept: dict[str, Any] = {}
        with this.elsewhere(**journey["limits"]) if "limits" in journey else nullcontext(this) as there:
            for number, step in enumerate(journey["steps"], start=1):
                _step(there, contract, step, kept, Rule(f"{rule.id}.{number}", *_words(rule)))

    return run


def _words(rule: Rule) -> tuple[str, str, str]:
    return rule.words, rule.evidence, rule.source


def _step(run: Run, contract: Contract, step: Any, kept: dict[str, Any], rule: Rule) -> None:
    """`call` with arguments, of which `$name.path` is something kept; then what is expected of the answer."""
    if "advance" in step:
        run.advance(step["advance"])
        return
    exchange = _called(run, contract, step, kept)
    if "status" in step:
        run.expect(exchange.status == step["status"], rule, f"{exchange.status}", step["status"], exchange)
    for name, path in step.get("ask", {}).items():
        kept[name] = dig(exchange.asked.json, path)
    for path, due in step.get("expect", {}).items():
        value, came = filled_in(due, kept), dig(exchange.json, path)
        run.expect(_is(came, value), rule, f"{path} is {came!r}", value, exchange)
    for path, due in step.get("differs", {}).items():
        value, came = filled_in(due, kept), dig(exchange.json, path)
        run.expect(came != value, rule, f"{path} is still {came!r}", f"something else than {value!r}", exchange)
    for name, path in step.get("keep", {}).items():
        kept[name] = dig(exchange.json, path)


def _is(came: Any, due: Any) -> bool:
    """`{has: x}` is in a list, `{lacks: x}` is not, `{count: n}` is its length; anything else is equal.

    `{parts: [a, b], of: x}`: the lists at these paths have each member of x once, and no others.
    """
    match due:
        case {"has": part}:
            return isinstance(came, list | str) and part in came
        case {"lacks": part}:
            return isinstance(came, list | str) and part not in came
        case {"count": number}:
            return isinstance(came, list) and len(came) == number
        case {"parts": paths, "of": whole}:
            return sorted(str(each) for path in paths for each in dig(came, path) or ()) == sorted(map(str, whole))
        case {"is": "there"}:
            return came is not None
        case _:
            return bool(came == due)


def _called(run: Run, contract: Contract, step: Any, kept: dict[str, Any]) -> Exchange:
    given = {name: filled_in(value, kept) for name, value in step.get("with", {}).items()}
    operation: Any = contract.operations.get(step["call"])
    if operation is None:
        raise Skipped(f"the contract has no operation {step['call']}")
    if isinstance(contract, GraphContract):
        usual = known(run, contract).arguments(operation) if step.get("usual", False) else {}
        arguments = {name: value for name, value in (usual | given).items() if value is not None}
        return ask_graph(run, contract, operation, arguments, step.get("select"))
    return _rest(run, contract, operation, step, given)


def _rest(run: Run, contract: RestContract, operation: Any, step: Any, given: dict[str, Any]) -> Exchange:
    given = {name: expanded(run, contract, value) for name, value in given.items()}
    usual = next(candidates(run, contract, operation), {}) if step.get("usual", False) else {}
    return ask(run, contract, operation, usual | given)


def filled_in(value: Any, kept: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        name, _, path = value[1:].partition(".")
        if kept.get(name) is None:
            raise Skipped(f"there is no {name} to go on with")
        return dig(kept[name], path)
    if isinstance(value, dict):
        return {name: filled_in(each, kept) for name, each in value.items()}
    return [filled_in(each, kept) for each in value] if isinstance(value, list) else value
