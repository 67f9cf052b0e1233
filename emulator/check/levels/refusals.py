"""Bad input, unknown ids and wrong credentials are refused as the contract says."""

from collections.abc import Iterator
from typing import Any, Final

from emulator.check.asking import Who, ask
from emulator.check.exchange import Exchange
from emulator.check.hints import dig, hints
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.rest import Operation, RestContract
from emulator.check.run import Run
from emulator.check.values import Arguments, candidates, completed, expanded, fixed_for, good, says_no
from emulator.check.wrong import wrong_values

NOBODY: Final = "00000000-0000-4000-8000-000000000000"
BEYOND: Final = 999_999_999


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, RestContract):
        return
    for operation in contract.operations.values():
        needs = frozenset[Need]() if operation.safe else frozenset[Need]({"writes"})
        if contract.document.get("security"):
            words = "Without credentials, and with wrong ones, it is refused."
            yield _check(contract, operation, "credentials", words, needs, _credentials)
        if 400 in operation.answers and operation.names:
            words = "What breaks the contract is refused, with the vendor's error."
            yield _check(contract, operation, "refuses", words, needs, _refuses)
        if 404 in operation.answers and _ids(operation):
            yield _check(contract, operation, "unknown", "Unknown ids are not found.", needs, _unknown)


def _check(
    contract: RestContract, operation: Operation, name: str, words: str, needs: frozenset[Need], perform: Any
) -> Check:
    def run(this: Run) -> None:
        perform(this, contract, operation)

    return Check(f"{contract.vendor}/{operation.id}/{name}", "behaviour", words, run, needs)


def _credentials(run: Run, contract: RestContract, operation: Operation) -> None:
    try:
        arguments = completed(run, contract, operation, _shown(run, contract, operation))
    except Skipped:
        arguments = good(run, contract, operation).arguments
    answers: tuple[Who, ...] = ("nobody", "stranger")
    for who in answers:
        exchange = ask(run, contract, operation, arguments, who=who)
        rule = operation.rule(
            f"credentials.{who}", "Without good credentials, it is refused.", _evidence(operation, 401)
        )
        refused = exchange.status == 401 or says_no(contract, exchange)
        run.expect(refused, rule, f"{exchange.status} to {who}", 401, exchange)
        for path, due in hints(contract.vendor).table("refusal").get("credentials", {}).items():
            run.expect(dig(exchange.json, path) == due, rule, dig(exchange.json, path), due, exchange)


def _shown(run: Run, contract: RestContract, operation: Operation) -> Arguments:
    """Whatever has the right form: nobody should look at it."""
    told = fixed_for(contract, operation).items()
    fixed = {name: expanded(run, contract, value) for name, value in told if "from" not in str(value)}
    ids = {name: NOBODY if operation.schema(name).get("type") == "string" else BEYOND for name in _ids(operation)}
    return ids | fixed


def _refuses(run: Run, contract: RestContract, operation: Operation) -> None:
    """One request for each rule of each parameter; all others are as they should be."""
    arguments = _usual(run, contract, operation)
    for name in operation.names:
        in_path = operation.path.find(f"{{{name}}}") >= 0
        for kind, value in wrong_values(contract, operation, name):
            if in_path and (value == "" or kind == "missing"):
                continue
            given = {key: each for key, each in arguments.items() if key != name}
            given |= {} if kind == "missing" else {name: value}
            exchange = ask(run, contract, operation, given)
            _refused(run, contract, operation, f"refuses.{name}.{kind}", exchange)
            if kind == "missing":
                _named(run, contract, operation, name, exchange)
    if operation.body is not None:
        for kind, body in (("malformed", b"{"), ("not-an-object", ["text"])):
            exchange = ask(run, contract, operation, arguments, body=body)
            _refused(run, contract, operation, f"refuses.body.{kind}", exchange)


def _usual(run: Run, contract: RestContract, operation: Operation) -> Arguments:
    """For a write, what would be valid, without having written it."""
    if operation.safe:
        return good(run, contract, operation).arguments
    for arguments in candidates(run, contract, operation):
        return arguments
    raise Skipped(f"no sensible input for {operation.id} was found")


def _refused(run: Run, contract: RestContract, operation: Operation, name: str, exchange: Exchange) -> None:
    rule = operation.rule(name, "What breaks the contract is refused.", _evidence(operation, 400))
    kept = exchange.status == 400 or says_no(contract, exchange)
    run.expect(kept, rule, f"{exchange.status}: {exchange.answered.body[:120]!r}", 400, exchange)


def _named(run: Run, contract: RestContract, operation: Operation, name: str, exchange: Exchange) -> None:
    """What is missing is told by its name, where the vendor documents that."""
    told = hints(contract.vendor).table("missing")
    if told and exchange.status == 400:
        rule = operation.rule(
            f"refuses.{name}.named", "The error names what is missing.", told["evidence"], told["source"]
        )
        run.expect(name in str(exchange.json), rule, exchange.answered.body[:200], name, exchange)


def _unknown(run: Run, contract: RestContract, operation: Operation) -> None:
    arguments = _usual(run, contract, operation)
    for name in _ids(operation):
        numeric = operation.schema(name).get("type") == "integer"
        exchange = ask(run, contract, operation, arguments | {name: BEYOND if numeric else NOBODY})
        rule = operation.rule(f"unknown.{name}", "An unknown id is not found.", _evidence(operation, 404))
        refused = exchange.status == 404 or says_no(contract, exchange)
        run.expect(refused, rule, f"{exchange.status}: {exchange.answered.body[:120]!r}", 404, exchange)


def _ids(operation: Operation) -> list[str]:
    """What has to be given, and names something."""
    return [name for name in operation.required if name == "id" or name.endswith("_id")]


def _evidence(operation: Operation, status: int) -> str:
    answer = operation.answers.get(status)
    return answer.evidence if answer else "assumed"
