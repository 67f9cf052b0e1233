"""Clocks over HTTP."""

from typing import Any, Final

from emulator.control.control import Control, Problem, named, visiting
from emulator.control.moments import parse_instant, shown_clock
from emulator.world import instant
from emulator.world.clock import ClockError
from emulator.world.tasks import Ran

_SHOWN: Final = 1_000  # tasks of an advance that are listed; all of them are counted
_TOO_FAR: Final = instant.LATEST + 1  # from wherever the clock stands, in seconds too


def get_clock(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return shown_clock(visited.record, visited.now)


def set_clock(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    with named(control, world):
        control.timeline.change(world, mode=body.get("mode"), rate=body.get("rate"))
        control.timeline.settle(world)
    return get_clock(control, world)


def advance_clock(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    try:
        with named(control, world):
            ran = control.timeline.advance(world, **_distance(body))
    except ClockError as error:
        raise Problem(400, f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    return {"clock": get_clock(control, world), "ran": [_task(each) for each in ran[:_SHOWN]], "ran_total": len(ran)}


def _distance(body: dict[str, Any]) -> dict[str, int]:
    """The arguments of `Timeline.advance`."""
    if "to" in body:
        return {"to": parse_instant(body["to"])}
    by = body["by"]
    microseconds = instant.duration(by) if isinstance(by, str) else round(min(by, _TOO_FAR) * instant.SECOND)
    return {"by": max(1, min(microseconds, _TOO_FAR))}


def _task(ran: Ran) -> dict[str, Any]:
    shown = {"id": ran.id, "kind": ran.kind, "due": instant.rfc3339(ran.due)}
    return shown if ran.error is None else {**shown, "error": ran.error}
