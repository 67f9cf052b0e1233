"""Creator Discovery: dictionaries, the live profile, contact details (insightiq-v1.txt, "Creator Discovery" 5 to 13).

A dictionary names whatever a search can be narrowed by in the same world.
"""

from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, select, true

from emulator.vendors.insightiq import creator_profiles, discovery_tags
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.vendors.insightiq.tables.discovery import dictionary
from emulator.world.store import Statement
from emulator.world.world import World, own

_KIND = Statement(
    select(dictionary.c.body)
    .where(own(dictionary), dictionary.c.kind == bindparam("kind"))
    .order_by(dictionary.c.position)
)
_LOCATIONS = Statement(
    select(dictionary.c.body)
    .where(own(dictionary), dictionary.c.kind == "location", dictionary.c.name.like(bindparam("pattern"), escape="\\"))
    .order_by(dictionary.c.position)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)


def _handles(data: ColumnElement[bool]) -> Statement:
    """The profiles that have the data and whose handle begins so, those with the most followers first."""
    begins = profiles.c.handle.like(bindparam("pattern"), escape="\\")
    on_platform = profiles.c.work_platform_id == bindparam("platform")
    query = select(profiles.c.userhandle).where(own(profiles), on_platform, begins, data)
    return Statement(query.order_by(profiles.c.followers.desc(), profiles.c.id).limit(bindparam("limit")))


# Every profile can be compared with others by what its creator talks about.
_HANDLES: Final = {
    "lookalike": _handles(true()),
    "topic-tags": _handles(profiles.c.is_tagged.is_(True)),
    "search": _handles(profiles.c.has_audience.is_(True)),
}


def list_userhandles(world: World, query_text: str, type: str, work_platform_id: str, limit: int) -> bytes:
    """`query_text` is the beginning of the handle, whatever its case, with or without @ (assumed)."""
    platform = creator_profiles.platform(world, work_platform_id)
    pattern = discovery_tags.escaped(query_text.strip().removeprefix("@")) + "%"
    rows = world.rows(_HANDLES[type], platform=platform.id, pattern=pattern, limit=limit)
    return b"[%b]" % b",".join([row[0] for row in rows])


def list_brands(world: World) -> bytes:
    return _all(world, "brand", b"brands")


def list_interests(world: World) -> bytes:
    return _all(world, "interest", b"interests")


def list_languages(world: World) -> bytes:
    return _all(world, "language", b"languages")


def list_locations(world: World, limit: int, offset: int, search_string: str | None) -> bytes:
    """By name; `search_string` may be any part of it, whatever its case (assumed)."""
    pattern = f"%{discovery_tags.escaped(search_string or '')}%"
    rows = world.rows(_LOCATIONS, pattern=pattern, limit=limit, offset=offset)
    return b'{"locations":[%b]}' % b",".join([row[0] for row in rows])


def list_topics(world: World, identifier: str, work_platform_id: str, limit: int) -> dict[str, Any]:
    """The tags that occur on the platform and have the text in their names; a tag's value is its name (assumed)."""
    platform = creator_profiles.platform(world, work_platform_id)
    names = discovery_tags.named(world, platform, identifier, limit)
    return {"data": [{"name": name, "value": name} for name in names]}


def list_topic_relevance(world: World, identifier: str, work_platform_id: str, limit: int) -> dict[str, Any]:
    """Nearest first (assumed). A tag that the platform does not have is near to none (assumed)."""
    platform = creator_profiles.platform(world, work_platform_id)
    return {"data": discovery_tags.near(world, platform, identifier)[:limit]}


def get_live_profile(world: World, identifier: str, work_platform_id: str) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`, `incorrect_identifier`; followers as of now, the rest as last looked at."""
    platform = creator_profiles.platform(world, work_platform_id)
    live, _, followers, growth = creator_profiles.find(world, platform, identifier)
    return creator_profiles.counted(world, orjson.loads(live), followers, growth)


def get_contact_info(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 as of get_live_profile; other platforms than Instagram, YouTube and TikTok are not served (documented)."""
    platform = creator_profiles.platform(world, body["work_platform_id"])
    if platform.name not in creator_profiles.CONTACTABLE:
        raise not_found("work_platform")
    _, contacts, followers, growth = creator_profiles.find(world, platform, body["identifier"])
    info: dict[str, Any] = orjson.loads(contacts)
    info["profile"] = creator_profiles.counted(world, info["profile"], followers, growth)
    return info


def _all(world: World, kind: str, key: bytes) -> bytes:
    return b'{"%b":[%b]}' % (key, b",".join([row[0] for row in world.rows(_KIND, kind=kind)]))
