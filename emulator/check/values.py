"""Sensible arguments: what earlier answers told, what `checks.yaml` says, and what the schema shows."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from emulator.check import schema
from emulator.check.asking import ask, operation_of
from emulator.check.exchange import Exchange
from emulator.check.hints import Source, dig, hints
from emulator.check.plan import Skipped
from emulator.check.rest import Operation, RestContract
from emulator.check.rule import finding
from emulator.check.run import Run

TRIES = 8  # inputs for one operation, until an answer has something in it

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Good:
    """Arguments that were answered with a success, and that answer."""

    arguments: Arguments
    exchange: Exchange

    @property
    def json(self) -> Any:
        return self.exchange.json


def good(run: Run, contract: RestContract, operation: Operation) -> Good:
    """The first success with something in it, asked for once in a run. Raises Skipped if there is none."""
    key = ("good", contract.vendor, operation.id)
    if key not in run.memory:
        run.memory[key] = Skipped(f"{operation.id} needs itself")  # nobody asks in a circle
        try:
            run.memory[key] = _good(run, contract, operation)
        except Skipped as skipped:
            run.memory[key] = skipped
        except Exception:
            del run.memory[key]
            raise
    found: Good | Skipped = run.memory[key]
    if isinstance(found, Skipped):
        raise Skipped(str(found))
    return found


def _good(run: Run, contract: RestContract, operation: Operation) -> Good:
    if not operation.safe and not run.options.writes:
        raise Skipped(f"{operation.id} writes, which --allow-writes allows")
    if operation.id in hints(contract.vendor).table("own-world") and not run.target.own:
        raise Skipped(f"{operation.id} changes what is there: only in a world of its own")
    best, refused = None, list[Exchange]()
    for arguments in candidates(run, contract, operation):
        exchange = ask(run, contract, operation, arguments)
        if exchange.answered.successful and not says_no(contract, exchange):
            best = best or Good(arguments, exchange)
            if filled(exchange.json):
                return Good(arguments, exchange)
        else:
            refused.append(exchange)
    if best is not None:
        return best
    return _none(operation, refused, run)


def _none(operation: Operation, refused: list[Exchange], run: Run) -> Good:
    if not refused:
        raise Skipped(f"no sensible input for {operation.id} was found")
    told = sorted({each.status for each in refused})
    last = refused[-1]
    by_path = operation.path.endswith("}")
    if not set(told) & {403, 429} and (by_path or set(told) != {404}):  # what is known may lack what is asked for
        rule = operation.rule("answered", "Inputs that are valid, and that the target itself told, are answered.")
        run.report(finding(rule, f"{told}: {last.answered.body[:200]!r}", operation.success, last))
    raise Skipped(f"{operation.id} answered {', '.join(map(str, told))} to each of {len(refused)} inputs")


def says_no(contract: RestContract, exchange: Exchange) -> bool:
    """Whether a successful status carries a refusal, as one vendor has it."""
    refusal = hints(contract.vendor).table("refusal")
    return bool(refusal) and schema.alone(refusal["schema"]).is_valid(exchange.json)


def filled(answer: Any) -> bool:
    rows = answer.get("data", answer) if isinstance(answer, dict) else answer
    return bool(rows)


def candidates(run: Run, contract: RestContract, operation: Operation) -> Iterator[Arguments]:
    """Arguments to try in turn: those that `checks.yaml` fixes, and one row after the other of what is discovered."""
    fixed = {name: expanded(run, contract, each) for name, each in fixed_for(contract, operation).items()}
    sources = [each for each in hints(contract.vendor).sources if operation.id in each.only]
    if not sources:
        wanted = set(operation.required) - set(fixed)
        general = (each for each in hints(contract.vendor).sources if not each.only)
        sources = [each for each in (*general, *_parent(contract, operation)) if wanted & set(each.take)][:1]
    if not sources:
        yield completed(run, contract, operation, fixed)
        return
    found = (row for source in sources for row in rows(run, contract, source))
    for row in islice(found, TRIES):
        known = {name: value for name, value in row.items() if name in operation.names}
        yield completed(run, contract, operation, known | fixed)


def fixed_for(contract: RestContract, operation: Operation) -> Arguments:
    table: Arguments = hints(contract.vendor).table("arguments").get(operation.id, {})
    return table


def completed(run: Run, contract: RestContract, operation: Operation, known: Arguments) -> Arguments:
    """With everything else that is required. Raises Skipped where nothing tells what to give."""
    for name in operation.required:
        if name not in known:
            known = {**known, name: _value(run, contract, operation, name)}
    return known


def _value(run: Run, contract: RestContract, operation: Operation, name: str) -> Any:
    for source in (*hints(contract.vendor).sources, *_parent(contract, operation)):
        if name in source.take and (not source.only or operation.id in source.only):
            for row in rows(run, contract, source):
                return row[name]
            raise Skipped(f"{source.operation} tells no {name}")
    try:
        return schema.sample(contract.document, operation.schema(name))
    except LookupError:
        raise Skipped(f"nothing tells a {name}") from None


def rows(run: Run, contract: RestContract, source: Source) -> Iterator[Arguments]:
    """What a source tells, row by row."""
    operation = operation_of(contract, source.operation)
    key = ("rows", contract.vendor, source.operation, repr(source.arguments))
    if key not in run.memory:
        run.memory[key] = _answer(run, contract, operation, source)
    told = dig(run.memory[key], source.each)
    matching = [row for row in (told if isinstance(told, list) else [told]) if _matches(row, source.where)]
    for start in range(0, len(matching), source.rows):
        taken = _taken(matching[start : start + source.rows], source)
        if all(value is not None for value in taken.values()):
            yield taken


def _answer(run: Run, contract: RestContract, operation: Operation, source: Source) -> Any:
    if not source.arguments:
        return good(run, contract, operation).json
    if not operation.safe and not run.options.writes:
        raise Skipped(f"{operation.id} writes, which --allow-writes allows")
    given = {name: expanded(run, contract, each) for name, each in source.arguments.items()}
    usual = {} if set(operation.required) <= set(given) else next(candidates(run, contract, operation), {})
    return ask(run, contract, operation, usual | given).json


def _matches(row: Any, where: Arguments) -> bool:
    return row is not None and all(dig(row, path) == value for path, value in where.items())


def _taken(group: list[Any], source: Source) -> Arguments:
    return {
        name: [dig(row, path[0]) for row in group] if isinstance(path, list) else dig(group[0], path)
        for name, path in source.take.items()
    }


def _parent(contract: RestContract, operation: Operation) -> Iterator[Source]:
    """`/a/b/{id}` is told by the list at `/a/b`, or by what a POST to it made."""
    above, _, last = operation.path.rpartition("/")
    if not last.startswith("{"):
        return
    at = {each.method: each for each in contract.operations.values() if each.path == above}
    parent = at.get("GET") or at.get("POST")
    if parent is not None:
        name = last.strip("{}")
        each = "data" if parent.method == "GET" else ""
        yield Source(parent.id, {}, each, {}, {name: name}, frozenset(), 1)


def expanded(run: Run, contract: RestContract, value: Any) -> Any:
    """`{unique}` becomes a name that nobody had, `{receiver}` an address of ours, a source what it tells first.

    `{token}` is the customer's, for operations that have it in the body.
    """
    if isinstance(value, dict) and "from" in value and "take" in value:
        return _first(run, contract, Source.read(value))
    if isinstance(value, dict):
        return {name: expanded(run, contract, each) for name, each in value.items()}
    if isinstance(value, list):
        return [expanded(run, contract, each) for each in value]
    if isinstance(value, str) and "{unique}" in value:
        return value.replace("{unique}", f"suite-{secrets.token_hex(6)}")
    if value == "{token}":
        return run.target.places[contract.vendor].credentials.token
    return value.replace("{receiver}", run.memory.get("receiver", NOWHERE)) if isinstance(value, str) else value


def _first(run: Run, contract: RestContract, source: Source) -> Any:
    for row in rows(run, contract, source):
        return next(iter(row.values()))
    raise Skipped(f"{source.operation} tells nothing that is as {source.where}")


NOWHERE = "http://127.0.0.1:9/contract-suite"
