"""Rate limits: what is allowed is answered, one request more is not, and waiting as told helps."""

from collections.abc import Iterator
from typing import Any

from emulator.check.asking import ask
from emulator.check.plan import Check, Contract, Need
from emulator.check.rest import Operation, RestContract
from emulator.check.rule import Rule
from emulator.check.run import Run
from emulator.check.values import good, says_no


def checks(contract: Contract) -> Iterator[Check]:
    """Limits of the whole document, and of single operations."""
    if not isinstance(contract, RestContract):
        return
    needs = frozenset[Need]({"clock", "own world"})
    for name, limit in contract.document.get("x-limits", {}).items():
        operation = next(each for each in contract.operations.values() if each.safe and not each.required)
        words = f"{limit['requests']} requests in {limit['per_seconds']} s are answered, one more is not."
        run = _application(contract, operation, limit, name)
        yield Check(f"{contract.vendor}/{operation.id}/limit.{name}", "behaviour", words, run, needs)
    for operation in contract.operations.values():
        for name, limit in operation.node.get("x-limits", {}).items():
            if "per_seconds" in limit:
                words = f"{limit['requests']} of the same in {limit['per_seconds']} s are answered, one more is not."
                run = _operation(contract, operation, limit, name)
                yield Check(f"{contract.vendor}/{operation.id}/limit.{name}", "behaviour", words, run, needs)


def _rule(operation: Operation, limit: Any, name: str, what: str, words: str) -> Rule:
    return operation.rule(f"limit.{name}.{what}", words, limit.get("x-evidence") or limit.get("evidence", ""))


def _application(contract: RestContract, operation: Operation, limit: Any, name: str) -> Any:
    def run(this: Run) -> None:
        with this.elsewhere(**{contract.vendor: limit["requests"]}) as there:
            allowed = _rule(operation, limit, name, "allowed", "What the limit allows is answered.")
            for number in range(limit["requests"]):
                exchange = ask(there, contract, operation, {})
                this.expect(
                    exchange.answered.successful, allowed, f"{exchange.status} to number {number + 1}", 200, exchange
                )
            exchange = ask(there, contract, operation, {})
            enforced = _rule(operation, limit, name, "enforced", "One request more is refused.")
            this.expect(exchange.status == 429, enforced, exchange.status, 429, exchange)
            _waited(this, there, contract, operation, limit, name)

    return run


def _waited(run: Run, there: Run, contract: RestContract, operation: Operation, limit: Any, name: str) -> None:
    exchange = ask(there, contract, operation, {})
    told = exchange.answered.headers.get("retry-after", "")
    rule = _rule(
        operation, limit, name, "retry", "Retry-After says how many seconds to wait, and waiting so long helps."
    )
    due = range(1, limit["per_seconds"] + 1)
    run.expect(
        told.isdigit() and int(told) in due, rule, f"Retry-After: {told or 'nothing'}", f"1 to {due[-1]}", exchange
    )
    there.advance(int(told) if told.isdigit() and int(told) else limit["per_seconds"])
    again = ask(there, contract, operation, {})
    run.expect(again.answered.successful, rule, f"{again.status} after {told} s", 200, again)


def _operation(contract: RestContract, operation: Operation, limit: Any, name: str) -> Any:
    def run(this: Run) -> None:
        with this.elsewhere(**{contract.vendor: name}) as there:
            first = good(there, contract, operation)
            allowed = _rule(operation, limit, name, "allowed", "What the limit allows is answered.")
            this.coverage.rules.add(allowed.id)
            rest = (ask(there, contract, operation, first.arguments) for _ in range(limit["requests"] - 1))
            for each in (first.exchange, *rest):
                this.expect(not says_no(contract, each), allowed, each.answered.body[:80], "data", each)
            enforced = _rule(operation, limit, name, "enforced", "One request more is refused.")
            for wait in (0, limit["per_seconds"] - 1):
                there.advance(wait) if wait else None
                again = ask(there, contract, operation, first.arguments)
                refused = again.status == 429 or says_no(contract, again)
                this.expect(refused, enforced, f"{again.status} after {wait} s", "a refusal", again)
            there.advance(1)
            later = ask(there, contract, operation, first.arguments)
            reopens = _rule(operation, limit, name, "reopens", "After that time, it is answered again.")
            kept = later.answered.successful and not says_no(contract, later)
            this.expect(kept, reopens, later.answered.body[:80], "data", later)

    return run
