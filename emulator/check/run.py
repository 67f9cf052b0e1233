"""Checks, and one pass through them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from emulator.check import schema
from emulator.check.coverage import Coverage, unnamed
from emulator.check.exchange import Asked, Exchange
from emulator.check.hints import dig, hints
from emulator.check.plan import Check, Contract, Need, Options, Outcome, Skipped
from emulator.check.rule import Finding, Rule, finding
from emulator.check.target import BudgetSpent, Target, Unreachable, pause

TOO_MANY = 429
TRIES = 4  # for one request, while the target asks to wait
LONGEST_WAIT = 60  # seconds that are waited for a rate limit


@dataclass
class Run:
    """One pass. Every answer is held to its contract, whichever check asked for it.

    `patient` says that rate limits are waited for; who wants to see them is not.
    """

    target: Target
    contracts: Mapping[str, Sequence[Contract]]
    options: Options
    coverage: Coverage = field(default_factory=Coverage)
    findings: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    cleanup: dict[str, Callable[[], bool]] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    patient: bool = True

    def send(self, contract: Contract, operation: Any, asked: Asked) -> Exchange:
        """Waits where the target asks for it. Raises Skipped where that would take too long."""
        for _ in range(TRIES):
            exchange = self._sent(contract, operation, asked)
            if not self.patient or exchange.status != TOO_MANY:
                break
            self._wait(exchange)
        if self.patient and _limited(contract, exchange):
            raise Skipped("the target's rate limit is reached")
        return exchange

    def _wait(self, exchange: Exchange) -> None:
        told = exchange.answered.headers.get("retry-after", "")
        seconds = int(told) if told.isdigit() else 1
        if seconds > LONGEST_WAIT:
            raise Skipped(f"the target's rate limit is reached, for {seconds} s")
        if self.virtual:
            self.advance(seconds)
        else:
            pause(seconds)

    def _sent(self, contract: Contract, operation: Any, asked: Asked) -> Exchange:
        exchange = self.target.send(contract.vendor, asked)
        for each in contract.hold(operation, exchange):
            self.report(each)
        self.coverage.add(contract, operation, exchange)
        if self.options.strict and exchange.answered.successful:
            rule = operation.rule("response.strict", "An answer has only keys that the contract names.", "assumed")
            for path in unnamed(contract, operation, schema.seen(exchange.json)):
                self.report(finding(rule, path, "a key of the contract", exchange, f"/{path.replace('.', '/')}"))
        self._unique(contract, exchange)
        return exchange

    def _unique(self, contract: Contract, exchange: Exchange) -> None:
        """A header that is never the same again, where the vendor has one."""
        told = hints(contract.vendor).table("unique-header")
        value = exchange.answered.headers.get(told["name"]) if told else None
        if value is not None:
            seen = self.memory.setdefault(("unique", contract.vendor), set())
            name = f"{contract.vendor}/headers/{told['name']}"  # one rule of all operations, which is told of once
            rule = Rule(name, "The header has another value each time.", told["evidence"], told["source"])
            kept = value not in seen or (name, "") in self.findings
            self.expect(kept, rule, f"{value} once more", "a new one", exchange)
            seen.add(value)

    def made(self, thing: str, undo: Callable[[], bool] | None) -> None:
        """Something was written that stays unless it is undone, for which a call is kept back. Worlds of ours go."""
        if self.target.own:
            return
        if undo is None:
            self.left_behind.append(thing)
        elif thing not in self.cleanup:
            self.cleanup[thing] = undo
            self.target.budget.kept_back += 1

    def undone(self, thing: str) -> None:
        if self.cleanup.pop(thing, None) is not None:
            self.target.budget.kept_back -= 1

    def clean_up(self) -> None:
        """Last made, first undone."""
        for thing, undo in reversed([*self.cleanup.items()]):
            self.target.budget.kept_back -= 1
            try:
                gone = undo()
            except (BudgetSpent, Unreachable):
                gone = False
            if not gone:
                self.left_behind.append(thing)
        self.cleanup.clear()

    def report(self, found: Finding) -> None:
        self.findings.setdefault(found.key, []).append(found)

    def expect(
        self, kept: bool, rule: Rule, came: object, promised: object = "", exchange: Exchange | None = None
    ) -> None:
        self.coverage.rules.add(rule.id)
        if not kept:
            self.report(finding(rule, came, promised, exchange))

    @property
    def virtual(self) -> bool:
        return self.options.time == "virtual" and self.target.control is not None

    def advance(self, seconds: int) -> None:
        if self.target.control is None:
            raise Skipped("time has to pass, and the target has no clock of ours (--time wait waits)")
        self.target.control.advance(seconds)

    @contextmanager
    def elsewhere(self, **limits: Any) -> Iterator["Run"]:
        """The same run in another world of the target, with other limits."""
        control = self.target.control
        if control is None or not self.target.own:
            raise Skipped("needs a world of its own, which only a target with our control API gives")
        world = control.make(self.options.seed, **limits)
        target = replace(self.target, places=world.places, control=replace(control, world=world.name))
        try:
            yield replace(self, target=target, memory={}, patient=False)
        finally:
            control.delete(world.name)

    def perform(self, checks: Sequence[Check], tell: Callable[[Outcome], None] = lambda _: None) -> None:
        """Raises Unreachable if the target does not answer at all."""
        for check in checks:
            outcome = self._perform(check)
            self.outcomes.append(outcome)
            tell(outcome)
            if outcome.state == "failed" and self.options.first:
                return

    def _perform(self, check: Check) -> Outcome:
        if lacking := self._lacking(check.needs):
            return Outcome(check, "skipped", lacking)
        before, spent = sum(map(len, self.findings.values())), self.target.budget.spent
        try:
            check.run(self)
        except Skipped as skipped:
            state: Literal["skipped"] = "skipped"
            if sum(map(len, self.findings.values())) == before:
                return Outcome(check, state, str(skipped), self.target.budget.spent - spent)
        except BudgetSpent:
            return Outcome(check, "skipped", "the budget of calls is spent", self.target.budget.spent - spent)
        except Unreachable as error:
            if not self.coverage.exchanges:
                raise
            rule = Rule(f"{check.id}/answer", "Every request is answered.", "assumed", "HTTP")
            self.report(finding(rule, str(error), "an answer"))
        except (TypeError, KeyError, ValueError, AttributeError, IndexError) as error:
            rule = Rule(f"{check.id}/readable", "Answers have the shape that the contract promises.", "assumed", "")
            self.report(finding(rule, f"{type(error).__name__}: {error}", "an answer that can be read"))
        failed = sum(map(len, self.findings.values())) > before
        return Outcome(check, "failed" if failed else "held", calls=self.target.budget.spent - spent)

    def _lacking(self, needs: frozenset[Need]) -> str:
        if "writes" in needs and not self.options.writes:
            return "writes: allow them with --allow-writes"
        if "clock" in needs and self.options.time == "skip":
            return "time has to pass: --time virtual where the target has our clock, --time wait elsewhere"
        if "own world" in needs and not self.target.own:
            return "changes what is there: only in a world of its own, on a target with our control API"
        return ""


def _limited(contract: Contract, exchange: Exchange) -> bool:
    """Whether the answer speaks of a rate limit, by its status or as the vendor does."""
    told = hints(contract.vendor).table("refusal").get("limited", {})
    by_words = bool(told) and all(dig(exchange.json, path) == due for path, due in told.items())
    return by_words or exchange.status == TOO_MANY
