"""The creator import: what is asked for (facts/storyclash.md, sections 4.1 and 4.2)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.refusal import Unauthenticated
from emulator.vendors.storyclash import tables
from emulator.vendors.storyclash.dialect import BROKEN, NO_NAME, StoryclashError
from emulator.vendors.storyclash.importing import IMPORT
from emulator.vendors.storyclash.shapes import FIELD_KINDS
from emulator.world.population import PlatformName
from emulator.world.store import Statement
from emulator.world.world import World, own

_NAMES: Final[Mapping[str, PlatformName]] = {
    "instagramName": "Instagram",
    "tiktokName": "TikTok",
    "youtubeName": "YouTube",
    "facebookName": "Facebook",
}
_LAST_ID: Final = 2**63 - 1

_C, _F = tables.campaigns, tables.fields
_KIND = Statement(select(_C.c.kind).where(own(_C), _C.c.id == bindparam("id")))
_FIELD = Statement(select(_F.c.name, _F.c.description, _F.c.kind).where(own(_F), _F.c.id == bindparam("id")))


def import_creator(world: World, body: dict[str, Any]) -> dict[str, str]:
    """A job for every platform that is named; each tells the webhook when it has ended."""
    if world.record.choices["storyclash"]["creator_import"] == "off":
        raise Unauthenticated
    names = {platform: body[key].strip() for key, platform in _NAMES.items() if (body.get(key) or "").strip()}
    if not names:
        raise StoryclashError(NO_NAME)
    wanted = {
        "campaign": _campaign(world, body.get("campaign")),
        "fields": list(_fields(world, body.get("additional_fields") or ())),
        "webhook": body.get("webhook"),
        "asked": _repeated(body),
    }
    package = world.draw()
    for platform, name in names.items():
        entry = world.draw()
        request = {"package": package, "entry": entry, "platform": platform, "name": name, **wanted}
        submit(world, IMPORT, request, id=str(entry))
    return {"message": "Import initiated"}


def _repeated(body: Mapping[str, Any]) -> str:
    """JSON of the request without its token, for the callbacks; what is nested too deeply cannot be written again."""
    try:
        return orjson.dumps({key: value for key, value in body.items() if key != "token"}).decode()
    except TypeError:
        raise StoryclashError(BROKEN) from None


def _campaign(world: World, given: float | None) -> int | None:
    """Its id. Whole numbers may come as 1.0."""
    if given is None:
        return None
    row = world.row(_KIND, id=int(given)) if abs(given) <= _LAST_ID else None
    if row is None:
        raise StoryclashError("Campaign not found", 404)
    if row[0] != 1:
        raise StoryclashError("Malformed input, campaign needs to be of type campaign report")
    return int(given)


def _fields(world: World, given: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """As creators show them."""
    seen: set[int] = set()
    for each in given:
        row = world.row(_FIELD, id=int(each["id"])) if abs(each["id"]) <= _LAST_ID else None
        value = _value(each["value"])
        if row is None:
            raise StoryclashError("Malformed input, additional field id not valid")
        name, description, kind = row
        if FIELD_KINDS.get(type(value)) != kind or each["id"] in seen:
            raise StoryclashError("Malformed input, error in additional field")
        seen.add(each["id"])
        yield {"id": int(each["id"]), "name": name, "description": description, "value": value}


def _value(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise StoryclashError("Malformed input, additional field value must be a JSON string") from None
