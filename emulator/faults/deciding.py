"""Which fault strikes a request: one that the request itself brings, or one of its world's rules."""

from typing import Final

import orjson

from emulator.faults.fault import HEADER, SPARED, Beset, Fate, Fault, Substitute
from emulator.faults.given import FaultError, decide, fate, rule_of_header
from emulator.http import Request
from emulator.words import sentence
from emulator.world.tasks import UnknownWorld
from emulator.world.worlds import Worlds

_PROBLEM: Final = (("content-type", "application/problem+json"),)


class Deciding:
    """`by_header` says whether requests may bring a fault with them; else such a header means nothing."""

    def __init__(self, worlds: Worlds, *, by_header: bool) -> None:
        self._worlds = worlds
        self._by_header = by_header

    def fate(self, beset: Beset, request: Request) -> Fate:
        """Counts the request under the rules that it meets; to be called in a worker thread."""
        text = request.header(HEADER)
        if self._by_header and text:
            return _brought(text, beset)
        if not beset.record.faults:
            return SPARED
        try:
            with self._worlds.change(beset.record.name) as world:
                return decide(world, beset, request)
        except UnknownWorld:  # deleted meanwhile, which the vendor's own answer says
            return SPARED


def _brought(text: str, beset: Beset) -> Fate:
    """A fault that cannot be understood is told, as nobody but our own user sends one."""
    try:
        rule = rule_of_header(text, beset.vendor)
    except FaultError as error:
        detail = sentence(f"The header Emulator-Fault: {error}")
        problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
        told = Fault("answer", "before", 0, status=400)
        return Fate(told, Substitute(400, orjson.dumps(problem), _PROBLEM))
    return fate(rule, None, 0, beset)
