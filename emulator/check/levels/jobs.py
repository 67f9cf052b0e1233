"""Jobs: accepted, in progress, ended, told of, and read in pages."""

from collections.abc import Iterator
from typing import Any

from emulator.check.asking import ask
from emulator.check.exchange import Exchange
from emulator.check.hints import dig, hints
from emulator.check.levels.deliveries import mailbox, reachable
from emulator.check.levels.lists import paging
from emulator.check.plan import Check, Contract, Need
from emulator.check.rest import Operation, RestContract
from emulator.check.run import Run
from emulator.check.target import pause
from emulator.check.values import filled, good

STEPS = (30, 60, 120, 600, 3600, 21_600, 86_400)  # seconds of virtual time between looks
POLL, PATIENCE = 15, 1_800  # seconds of real time


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, RestContract):
        return
    table = hints(contract.vendor).table("jobs")
    for asking, reading in table.get("of", {}).items():
        words = (
            "A job is accepted, is in progress, ends, is told of, stays as it ended, and its result is read in pages."
        )
        needs = frozenset[Need]({"writes", "clock"})
        yield Check(f"{contract.vendor}/{reading}/job", "behaviour", words, _run(contract, asking, reading), needs)


def _run(contract: RestContract, asking: str, reading: str) -> Any:
    def run(this: Run) -> None:
        _job(this, contract, contract.operations[asking], contract.operations[reading])

    return run


def _job(run: Run, contract: RestContract, asking: Operation, reading: Operation) -> None:
    told = hints(contract.vendor).table("jobs")
    box = mailbox(run, contract) if reachable(run) else None
    accepted = ask(run, contract, asking, good(run, contract, asking).arguments)
    job = dig(accepted.json, "id")
    begun = asking.rule("job.begun", "An accepted job has an id and is in progress.")
    state = dig(accepted.json, _field(told, asking))
    kept = accepted.status == asking.success and isinstance(job, str) and state in (None, told["pending"])
    run.expect(kept, begun, f"{accepted.status}, id {job}, {state}", f"{asking.success}, {told['pending']}", accepted)
    if not isinstance(job, str):
        return
    ended = _end(run, contract, reading, job)
    _ended(run, contract, reading, job, ended)
    if box is not None:
        told = hints(contract.vendor).table("jobs")
        _told(run, contract, reading, job, dig(ended.json, _field(told, reading)), box)


def _end(run: Run, contract: RestContract, reading: Operation, job: str) -> Exchange:
    """The first answer that is not pending any more. It begins with one that is, as no time has passed yet."""
    told = hints(contract.vendor).table("jobs")
    exchange = ask(run, contract, reading, {"id": job})
    begun = reading.rule("job.pending", "A job that was accepted just now is in progress.", "assumed")
    if run.virtual:
        state = dig(exchange.json, _field(told, reading))
        run.expect(state == told["pending"], begun, state, told["pending"], exchange)
    same = reading.rule("job.id", "The answer is about the job that was asked for.")
    run.expect(dig(exchange.json, "id") in (job, None), same, dig(exchange.json, "id"), job, exchange)
    for step in STEPS if run.virtual else (POLL,) * (PATIENCE // POLL):
        if dig(exchange.json, _field(told, reading)) != told["pending"]:
            return exchange
        _wait(run, step)
        exchange = ask(run, contract, reading, {"id": job})
    rule = reading.rule("job.ends", "A job ends.")
    run.expect(False, rule, f"still {told['pending']}", f"one of {told['ended']}", exchange)
    return exchange


def _wait(run: Run, seconds: int) -> None:
    if run.virtual:
        run.advance(seconds)
    else:
        pause(seconds)


def _ended(run: Run, contract: RestContract, reading: Operation, job: str, ended: Exchange) -> None:
    told = hints(contract.vendor).table("jobs")
    state = dig(ended.json, _field(told, reading))
    success = reading.rule("job.success", "A job on sensible inputs ends well.", "assumed")
    fails = reading.id in told.get("may-fail", ())
    allowed = [*told["well"], *(told["ended"] if fails else ())]
    run.expect(state in allowed, success, state, allowed, ended)
    again = ask(run, contract, reading, {"id": job})
    stays = reading.rule("job.stays", "A job that has ended stays as it is.", "assumed")
    run.expect(again.answered.body == ended.answered.body, stays, again.answered.body[:100], "the same", again)
    if state in told["well"]:
        result = reading.rule("job.result", "A job that has ended well has a result.")
        empty = reading.id in told.get("may-be-empty", ())
        run.expect(empty or filled(ended.json), result, ended.answered.body[:100], "a result", ended)
        if {"limit", "offset"} <= set(reading.names):
            paging(run, contract, reading, {"id": job})
    else:
        error = reading.rule("job.error", "A job that has failed says why.")
        run.expect(bool(dig(ended.json, "error")), error, ended.answered.body[:100], "an error", ended)


def _told(run: Run, contract: RestContract, reading: Operation, job: str, state: Any, box: Any) -> None:
    """Once, by the event of its family, if the vendor tells of it."""
    name = hints(contract.vendor).table("jobs").get("events", {}).get(reading.id)
    if name is None:
        return
    came = box.about(job)
    rule = reading.rule("job.told", "The end of a job is told to those who subscribed, once.")
    events = [dig(each.json, "event") for each in came]
    due = f"{name}.{hints(contract.vendor).table('jobs').get('suffixes', {}).get(state, state)}"
    run.expect(events == [due], rule, events, [due])


def _field(told: Any, operation: Operation) -> str:
    """Where an answer says how far its job has come."""
    found: str = told.get("fields", {}).get(operation.id, told["field"])
    return found
