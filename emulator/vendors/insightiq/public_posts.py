"""What anybody can see: work platforms that are served, profiles and posts by their addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Select, bindparam, select

from emulator.vendors.insightiq import addresses, creator_profiles
from emulator.vendors.insightiq.comment_texts import Thread
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.tables.connect import work_platforms
from emulator.vendors.insightiq.tables.public_content import contents, profiles
from emulator.world import instant
from emulator.world.population.engagement import Engagement, Reception
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

SERVED: Final = ("Instagram", "X", "YouTube", "TikTok")  # by what is answered at once (documented)
FETCHED: Final = (*SERVED, "Facebook", "Snapchat")  # by jobs: those and whatever the words on content_limit name
PROFESSIONAL: Final = ("LinkedIn",)

_POST: Final = (
    contents.c.id, contents.c.language, contents.c.published_at, contents.c.film, contents.c.head, contents.c.tail,
    profiles.c.body, profiles.c.followers, profiles.c.monthly_growth, contents.c.pace, contents.c.lifetime,
    contents.c.likes, contents.c.comments, contents.c.shares, contents.c.views,
    profiles.c.id, profiles.c.external_id, profiles.c.name, profiles.c.organisation,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Platform:
    """A work platform that is served; `attribute` is the JSON that objects name it with."""

    id: str
    name: str
    attribute: bytes


@dataclass(frozen=True, slots=True)
class Owner:
    """Who published a post: the profile's id, the platform's id of it, the name that it displays."""

    id: str
    external_id: str
    name: str
    organisation: bool


@dataclass(frozen=True, slots=True)
class PublicPost:
    """A post as stored: the parts of its JSON, and what its figures follow from; `profile` is that of now."""

    owner: Owner
    thread: Thread
    film: bool
    head: bytes
    tail: bytes
    profile: bytes

    def shown(self, platform: Platform, at: int) -> bytes:
        """The object of the documentation, with the figures of that instant."""
        parts = (platform.attribute, orjson.dumps(self.counts(at)), self.head, self.profile, self.tail)
        return b'{"work_platform":%b,"engagement":%b,%b,"profile":%b,%b}' % parts

    def counts(self, at: int) -> dict[str, int | None]:
        """The figures of that instant; a picture has no views."""
        published = self.thread.published / instant.SECOND
        counts = self.thread.reception.after(published, at / instant.SECOND)
        shown = {"like_count": counts.likes, "comment_count": counts.comments}
        return {**shown, "view_count": counts.views if self.film else None, "share_count": counts.shares}


def _public() -> Select[Any]:
    """Posts with their profiles: what is published, and not gone again as stories are."""
    joined = contents.join(profiles, own(profiles) & (profiles.c.id == contents.c.profile_id))
    there = contents.c.published_at <= bindparam("now"), contents.c.expires_at > bindparam("now")
    return select(*_POST).select_from(joined).where(own(contents), *there)


def _profile_by(column: ColumnElement[str], *others: ColumnElement[bool]) -> Statement:
    on_platform = profiles.c.work_platform_id == bindparam("platform")
    return Statement(select(profiles.c.id).where(own(profiles), on_platform, column == bindparam("name"), *others))


_PLATFORM = Statement(
    select(work_platforms.c.name, work_platforms.c.body).where(
        own(work_platforms), work_platforms.c.id == bindparam("id")
    )
)
_AUDIENCE = Statement(select(profiles.c.audience).where(own(profiles), profiles.c.id == bindparam("id")))
_BY_HANDLE = _profile_by(profiles.c.handle)
_BY_EXTERNAL_ID = _profile_by(profiles.c.external_id)
_ORGANISATION = _profile_by(profiles.c.handle, profiles.c.organisation == 1)
_BY_ADDRESS = Statement(
    _public().where(
        contents.c.work_platform_id == bindparam("platform"), contents.c.external_id == bindparam("external_id")
    )
)


@cache
def _of_profile(*, typed: bool) -> Statement:
    query = _public().where(contents.c.profile_id == bindparam("profile"))
    query = query.where(contents.c.content_type == bindparam("content_type")) if typed else query
    query = query.order_by(contents.c.published_at.desc(), contents.c.id.desc())
    return Statement(query.limit(bindparam("limit")).offset(bindparam("offset")))


def platform(world: World, id: str, served: Collection[str] = SERVED) -> Platform:
    """Raises `incorrect_work_platform_id` (observed) if there is none of this id, or it is not served.

    The id may be written in capitals (assumed).
    """
    platform_id = id.lower()
    row = world.row(_PLATFORM, id=platform_id)
    if row is None or row[0] not in served:
        raise not_found("work_platform")
    entry = orjson.loads(row[1])
    return Platform(platform_id, row[0], orjson.dumps({key: entry[key] for key in ("id", "name", "logo_url")}))


def profile(world: World, platform: Platform, url: str) -> str:
    """The id of the profile at the address. Raises `incorrect_profile_id` (assumed)."""
    name = addresses.profile_name(platform.name, url)
    statement = _BY_EXTERNAL_ID if name and name.external_id else _BY_HANDLE
    row = world.row(statement, platform=platform.id, name=name.external_id or name.handle) if name else None
    if row is None:
        raise not_found("profile")
    return str(row[0])


def company(world: World, platform: Platform, url: str) -> str:
    """The id of the profile that the page of a company shows. Raises `incorrect_profile_id` (assumed)."""
    name = addresses.company_name(url)
    row = world.row(_ORGANISATION, platform=platform.id, name=name) if name else None
    if row is None:
        raise not_found("profile")
    return str(row[0])


def post(world: World, platform: Platform, url: str) -> PublicPost:
    """The post at the address. Raises `incorrect_content_id` (assumed)."""
    return post_of(world, platform, addresses.content_id(platform.name, url))


def post_of(world: World, platform: Platform, external_id: str | None) -> PublicPost:
    """The post that has this id on the platform. Raises `incorrect_content_id` (assumed)."""
    row = external_id and world.row(_BY_ADDRESS, platform=platform.id, external_id=external_id, now=world.now)
    if not row:
        raise not_found("content")
    return _post(world, row)


def page(world: World, profile: str, content_type: str, offset: int, limit: int) -> list[PublicPost]:
    """A profile's posts, newest first; a `content_type` other than ALL narrows them to its own."""
    typed = content_type != "ALL"
    wanted = {"content_type": content_type} if typed else {}
    asked = {"profile": profile, "now": world.now, "limit": limit, "offset": offset}
    return [_post(world, row) for row in world.rows(_of_profile(typed=typed), **asked, **wanted)]


def audience(world: World, profile: str) -> dict[str, Any]:
    """The shares of the followers of a profile on Snapchat: see the table."""
    row = world.row(_AUDIENCE, id=profile)
    shares: dict[str, Any] = orjson.loads(row[0]) if row else {}
    return shares


def _post(world: World, row: Row) -> PublicPost:
    post_id, language, published, film, head, tail, body, followers, growth, pace, lifetime, *counts = row
    likes, comments, shares, views, *owner = counts
    totals = Engagement(likes=likes, comments=comments, shares=shares, views=views)
    thread = Thread(post_id, language, published, Reception(totals, pace, lifetime))
    profile = creator_profiles.counted(world, orjson.loads(body), followers, growth)
    return PublicPost(Owner(*owner), thread, film, head, tail, orjson.dumps(profile))
