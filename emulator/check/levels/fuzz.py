"""Made-up requests, valid and invalid ones: schemathesis for OpenAPI, hypothesis-graphql for SDL, and made-up lives.

Its libraries come with the extra `check`, and are imported with the first check of this level.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from emulator.check.asking import UNSET, ask, ask_graph
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import dig, hints
from emulator.check.making import breaks, requests, scalars
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.rest import Operation, RestContract
from emulator.check.run import Run
from emulator.check.target import BudgetSpent, Unreachable
from emulator.check.values import candidates, says_no

MISSING = "fuzz needs more libraries: pip install 'creator-api-emulator[check]'"


def checks(contract: Contract) -> Iterator[Check]:
    if isinstance(contract, GraphContract):
        for root in contract.operations.values():
            words = "Made-up documents that the schema allows are answered as it says."
            yield _check(contract, root, "fuzz", words, _documents)
        return
    for operation in contract.operations.values():
        words = "Made-up requests are answered as the contract says; those that break it are refused."
        yield _check(contract, operation, "fuzz", words, _requests)
        if operation.method == "POST" and contract.operation_of("DELETE", f"{operation.path}/x"):
            words = "Through made-up lives, what was made is there until it is deleted."
            yield _check(contract, operation, "fuzz.lives", words, _lives)


def _check(contract: Any, operation: Any, name: str, words: str, perform: Any) -> Check:
    def run(this: Run) -> None:
        perform(this, contract, operation)

    needs = set[Need]() if operation.safe else set[Need]({"writes"})
    if operation.id in hints(contract.vendor).table("own-world"):
        needs.add("own world")
    return Check(f"{contract.vendor}/{operation.id}/{name}", "fuzz", words, run, frozenset(needs))


def _repeat(run: Run, strategy: Any, perform: Callable[[Any], None]) -> None:
    """As often as the user asks for. Raises what stopped it, which hypothesis would try again."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    stopped: list[Exception] = []

    @seed(run.options.seed)
    @settings(
        max_examples=run.options.examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(strategy)
    def each(made: Any) -> None:
        if not stopped:
            try:
                perform(made)
            except (BudgetSpent, Unreachable, Skipped) as error:
                stopped.append(error)

    each()
    if stopped:
        raise stopped[0]


def _requests(run: Run, contract: RestContract, operation: Operation) -> None:
    try:
        valid, invalid = requests(contract, operation)
    except ImportError:
        raise Skipped(MISSING) from None

    def tried(made: Any) -> None:
        arguments, body = made
        try:
            exchange = ask(run, contract, operation, arguments, body=UNSET if body is None else body)
        except UnicodeEncodeError:  # a lone surrogate cannot be sent
            return
        rule = operation.rule("fuzz.refused", "A request that breaks the contract is refused.")
        refused = 400 <= exchange.status < 500 or says_no(contract, exchange)
        run.expect(
            refused or not breaks(contract, operation, arguments, exchange.asked), rule, exchange.status, 400, exchange
        )

    _repeat(run, valid, tried)
    if invalid is not None:
        _repeat(run, invalid, tried)


def _documents(run: Run, contract: GraphContract, root: Root) -> None:
    try:
        from hypothesis_graphql import mutations, queries
    except ImportError:
        raise Skipped(MISSING) from None
    make = queries if root.safe else mutations

    def tried(text: str) -> None:
        exchange = ask_graph(run, contract, root, {}, body={"query": text})
        rule = root.rule("fuzz.answered", "A document that the schema allows is answered with data, or told why not.")
        answer = exchange.json if isinstance(exchange.json, dict) else {}
        run.expect(exchange.status == 200 and "data" in answer, rule, exchange.answered.body[:160], "data", exchange)

    _repeat(run, make(contract.sdl, fields=[root.name], custom_scalars=scalars(contract)), tried)


def _lives(run: Run, contract: RestContract, making: Operation) -> None:
    """Objects are made, read and deleted in any order; a list of what lives tells what each answer has to be."""
    try:
        from hypothesis import strategies as st
    except ImportError:
        raise Skipped(MISSING) from None
    usual = next(candidates(run, contract, making))
    remover = contract.operation_of("DELETE", f"{making.path}/x")
    if remover is None:
        return
    reader = contract.operation_of("GET", f"{making.path}/x")
    steps = st.lists(st.tuples(st.sampled_from(["make", "read", "delete"]), st.integers(0, 3)), max_size=8)

    def lived(acts: list[tuple[str, int]]) -> None:
        life = _Life(run, contract, remover, reader, {}, {})
        for act, place in acts:
            if act == "make":
                life.made(place, str(dig(ask(run, contract, making, usual).json, "id")))
            else:
                life.asked(act, place)
        for left in life.there.values():
            ask(run, contract, remover, {"id": left})

    _repeat(run, steps, lived)


@dataclass
class _Life:
    """What there is, and what was there, by places that are made up."""

    run: Run
    contract: RestContract
    remover: Operation
    reader: Operation | None
    there: dict[int, str]
    gone: dict[int, str]

    def made(self, place: int, name: str) -> None:
        if place in self.there:
            ask(self.run, self.contract, self.remover, {"id": self.there[place]})
        self.there[place] = name

    def asked(self, act: str, place: int) -> None:
        operation = self.remover if act == "delete" else self.reader
        known = self.there.get(place) or self.gone.get(place)
        if operation is None or known is None:
            return
        exchange = ask(self.run, self.contract, operation, {"id": known})
        due = operation.success if place in self.there else 404
        rule = operation.rule("fuzz.lives", "What was made is there until it is deleted.")
        self.run.expect(exchange.status == due, rule, exchange.status, due, exchange)
        if act == "delete" and place in self.there:
            self.gone[place] = self.there.pop(place)
