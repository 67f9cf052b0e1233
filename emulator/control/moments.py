"""Moments as our own interface reads and writes them."""

from datetime import datetime
from typing import Any

from emulator.control.control import Problem
from emulator.world import instant
from emulator.world.record import Record


def shown_clock(record: Record, now: int) -> dict[str, Any]:
    """What is due after the end of time never falls due."""
    due = record.next_due
    shown = None if due is None or due > instant.LATEST else instant.rfc3339(due)
    return {"now": instant.rfc3339(now), "mode": record.clock.mode, "rate": record.clock.rate, "next_due": shown}


def parse_instant(text: str) -> int:
    """An RFC 3339 moment, whose form the contract has checked, from 1970 on."""
    try:
        parsed = instant.from_datetime(datetime.fromisoformat(text.upper().replace(":60", ":59")))
    except ValueError:  # the year 0, which RFC 3339 knows and Python does not
        parsed = instant.EARLIEST - 1
    if not instant.EARLIEST <= parsed <= instant.LATEST:
        raise Problem(400, f"{text} is out of range: moments lie between 1970 and the end of the year 9999.")
    return parsed
