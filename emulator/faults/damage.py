"""What a fault makes of an answer that its vendor has given."""

from dataclasses import replace
from typing import Final

from emulator.exchange import Answer
from emulator.faults.breaking import broken
from emulator.faults.fault import ANSWERING, SILENT, Fate, Fault
from emulator.http import Response
from emulator.world.population.randomness import stream

_PAGE: Final = b"<!doctype html><title>Bad Gateway</title><h1>Bad Gateway</h1>"  # what stands between often says so


def damaged(answer: Answer, fate: Fate, vendor: str) -> Answer:
    """The answer as it will be sent; its status is 0 if nothing will be. May take a while with large answers."""
    fault = fate.fault
    if fault is None:
        return answer
    response, effect = _response(answer, fate, fault, vendor)
    return replace(answer, response=response, fault=fault.shown(effect))


def _response(answer: Answer, fate: Fate, fault: Fault, vendor: str) -> tuple[Response, str | None]:
    given = answer.response
    if fault.when == "after" and fault.kind in ANSWERING | SILENT and fate.answer is not None:
        return fate.answer.response(given.headers, dict(given.headers).get("request-id", "")), None
    if fate.answer is not None:  # as it was given, whatever the vendor makes of statuses
        return replace(given, status=fate.answer.status), None
    match fault.kind:
        case "truncate":
            kept = given.body[: len(given.body) // 2]
            return replace(given, body=kept), f"{len(kept)} of {len(given.body)} bytes are sent"
        case "malform":
            return replace(given, body=_PAGE), "the body is not JSON"
        case "break":
            seed = answer.world.seed if answer.world else 0
            source = stream(seed, "fault", "break", *fault.seed)
            body, effect = broken(given.body, fault, vendor, answer.operation, given.status, source)
            return replace(given, body=body), effect
    return given, None
