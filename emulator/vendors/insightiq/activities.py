"""Artists and contents of an account's activity as they are sent, and the weekly fetch of new ones."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson
from sqlalchemy import Table, bindparam, select

from emulator.vendors.insightiq import connections, events
from emulator.vendors.insightiq.contents import moment
from emulator.vendors.insightiq.ownership import owner_of
from emulator.vendors.insightiq.tables import activity as tables
from emulator.world import ids, instant
from emulator.world.population.listening import Found, listener
from emulator.world.population.music import Artist, Heard
from emulator.world.store import Statement
from emulator.world.world import World, own

SYNC: Final = "insightiq.sync_activity"
SYNC_EVERY: Final = 7 * instant.DAY  # reported (facts/insightiq.md, 5.4)

_PATHS: Final = {"TRACK": "track", "PODCAST": "episode"}
_SPOTIFY: Final = "https://open.spotify.com"
_PICTURES: Final = "https://media.example.com/music"
_FAMILIES: Final = {tables.artists: "ACTIVITY-ARTISTS", tables.contents: "ACTIVITY-CONTENTS"}
_BY_ID: Final = {
    table: Statement(select(table.c.body).where(own(table), table.c.id == bindparam("id")))
    for table in (tables.artists, tables.contents)
}


def sync(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch what an account's owner has heard in the week `payload["week"]`; ends with the connection."""
    account = connections.reached(world, payload)
    if account is not None:
        week = payload["week"]
        _fetch(world, account, listener(world.seed, account["id"]).in_week(week))
        world.schedule(SYNC, world.now + SYNC_EVERY, {**payload, "week": week + 1})


def begin(world: World, account: Mapping[str, Any], connection: int, *, known: bool) -> None:
    """Fetch, at the beginning of a connection, what the platform tells at first, or of the week that has begun."""
    whose = listener(world.seed, account["id"])
    week = (world.now - moment(account["created_at"])) // SYNC_EVERY + 1
    _fetch(world, account, whose.in_week(week) if known else whose.at_first())
    payload = {"account_id": account["id"], "connection": connection, "week": week + known}
    world.schedule(SYNC, world.now + SYNC_EVERY, payload)


def row(seed: int, owned: Mapping[str, Any], found: Found, created: int, updated: int) -> tuple[Table, dict[str, Any]]:
    """An artist or a content with its table. The same find of the same account is one object, seen again."""
    activity_type, thing = found
    table = tables.artists if isinstance(thing, Artist) else tables.contents
    account_id = owned["account"]["id"]
    found_id = ids.uuid(seed, table.name, account_id, activity_type, thing.id)
    times = {"created_at": instant.naive(created), "updated_at": instant.naive(updated)}
    shown = _artist(thing, activity_type) if isinstance(thing, Artist) else _content(thing, activity_type)
    body = orjson.dumps({"id": found_id, **times, **owned, **shown})
    return table, {"id": found_id, "account_id": account_id, "updated_at": updated, "body": body}


def _fetch(world: World, account: Mapping[str, Any], finds: Iterable[Found]) -> None:
    """What is found more than once at a time is told of once."""
    owned = owner_of(account)
    endings: dict[Table, dict[str, str]] = {table: {} for table in _FAMILIES}
    for found in finds:
        table, found_id, ending = _store(world, owned, found)
        endings[table].setdefault(found_id, ending)
    for table, family in _FAMILIES.items():
        for ending in ("ADDED", "UPDATED"):
            ids_of = [found_id for found_id, its in endings[table].items() if its == ending]
            events.of_items(world, f"{family}.{ending}", account, ids_of)


def _store(world: World, owned: Mapping[str, Any], found: Found) -> tuple[Table, str, str]:
    """Insert what is new; what was known has changed now. The table, the id, and which of the two it was."""
    table, values = row(world.seed, owned, found, world.now, world.now)
    known = world.row(_BY_ID[table], id=values["id"])
    if known is None:
        world.insert(table, **values)
        return table, values["id"], "ADDED"
    body = orjson.dumps(orjson.loads(known[0]) | {"updated_at": instant.naive(world.now)})
    world.update(table, {"id": values["id"]}, updated_at=world.now, body=body)
    return table, values["id"], "UPDATED"


def _artist(artist: Artist, activity_type: str) -> dict[str, Any]:
    return {
        "platform_artist_id": artist.id,
        "image_url": f"{_PICTURES}/artists/{artist.id}.jpg",
        "artist_name": artist.name,
        "artist_url": f"{_SPOTIFY}/artist/{artist.id}",
        "genre": artist.genres,
        "activity_type": activity_type,
    }


def _content(heard: Heard, activity_type: str) -> dict[str, Any]:
    path = f"{_PATHS[heard.kind]}/{heard.id}"
    return {
        "platform_content_id": heard.id,
        "title": heard.title,
        "format": "AUDIO",
        "type": heard.kind,
        "url": f"{_SPOTIFY}/{path}",
        "description": heard.description,
        "thumbnail_url": f"{_PICTURES}/{path}.jpg",
        "embed_url": f"{_SPOTIFY}/embed/{path}",
        "activity_type": activity_type,
        "additional_info": {"genre": heard.genres, "artists": heard.artists, "album": heard.album},
    }
