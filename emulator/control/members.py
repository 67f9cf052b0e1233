"""Creators, posts and campaigns that join a world, over HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson

from emulator.control.control import Control, Problem, changing, visiting
from emulator.control.moments import parse_instant
from emulator.words import sentence
from emulator.world import casts, instant, joining
from emulator.world.casts import Addition
from emulator.world.population import Campaign, Cast, Creator, Post, Profile, named_fields
from emulator.world.population.asked import CannotJoin, Said
from emulator.world.population.checks import Check, FieldError
from emulator.world.population.ordered import directory, found_creator
from emulator.world.world import World


def make_creator(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    asked = _asked(named_fields.creator, body)
    with _joining(control, world) as changed:
        cast = _joined(changed, "creator", asked)
        creator = cast.creators[-1]
        for vendor in control.vendors:
            vendor.joining.creator(changed, cast, creator)
        return _creator(creator)


def make_post(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    with _joining(control, world) as changed:
        published = body.get("published_at")
        due = changed.now - instant.HOUR if published is None else parse_instant(published)
        cast = _joined(changed, "post", {**body, "published_at": due})
        creator_id = found_creator(directory(cast.creators), body["creator"], "creator").id
        nth = len(cast.ordered[creator_id]) - 1
        if due > changed.now:
            changed.schedule(joining.PUBLISH_ORDERED, due, {"creator": creator_id, "nth": nth})
        else:
            for vendor in control.vendors:
                vendor.joining.post(changed, joining.publication_of(cast, creator_id, nth))
        return _post(cast.ordered[creator_id][nth], changed.now)


def make_campaign(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    asked = _asked(named_fields.campaign, body)
    with _joining(control, world) as changed:
        cast = _joined(changed, "campaign", asked)
        for vendor in control.vendors:
            vendor.joining.campaign(changed, cast, cast.campaigns[-1])
        return _campaign(cast.campaigns[-1])


def _asked(check: Check, body: dict[str, Any]) -> Said:
    """What recipes may say too, checked as it is there. Raises Problem."""
    try:
        asked: Said = check(body)
    except FieldError as error:
        place, message = error.problems[0]
        raise Problem(400, sentence(f"body {'.'.join(str(step) for step in place)}: {message}")) from None
    return asked


@contextmanager
def _joining(control: Control, name: str) -> Iterator[World]:
    """The world, to be changed. Making its population may take a while, during which others can write."""
    with visiting(control, name) as visited:
        casts.present_cast_of(visited)
    with changing(control, name) as changed:
        yield changed


def _joined(world: World, kind: str, asked: Mapping[str, Any]) -> Cast:
    """The population with the new member, which is written down. Raises Problem."""
    cast = casts.present_cast_of(world)
    if cast is None:
        raise Problem(409, f"The world '{world.name}' is from another version of the emulator; make it anew.")
    given = {name: each for name, each in asked.items() if each is not None}
    addition: Addition = (kind, world.now, orjson.dumps(given))
    try:
        grown = casts.joined(cast, len(casts.additions_of(world)), addition)
    except CannotJoin as error:
        raise Problem(400, sentence(f"body {error.field}: {error}")) from None
    joining.write_down(world, addition)
    return grown


def _creator(creator: Creator) -> dict[str, Any]:
    same = ("id", "kind", "name", "handle", "gender", "country", "city", "language", "category", "email", "phone")
    shown = {name: getattr(creator, name) for name in (*same, "website")}
    return {**shown, "topics": list(creator.topics), "profiles": [_profile(each) for each in creator.profiles]}


def _profile(profile: Profile) -> dict[str, Any]:
    same = ("id", "uuid", "platform", "handle", "external_id", "url", "followers", "following", "verified", "private")
    return {name: getattr(profile, name) for name in same}


def _post(post: Post, now: int) -> dict[str, Any]:
    same = ("id", "uuid", "creator_id", "platform", "kind", "format", "external_id", "url", "title", "caption", "link")
    counts = post.engagement(instant.to_datetime(now))
    return {
        **{name: getattr(post, name) for name in same},
        "published_at": instant.rfc3339(instant.from_datetime(post.published_at)),
        **{name: list(getattr(post, name)) for name in ("hashtags", "mentions")},
        "campaigns": list(post.campaign_ids),
        **{name: getattr(counts, name) for name in ("likes", "comments", "shares", "saves", "views")},
    }


def _campaign(campaign: Campaign) -> dict[str, Any]:
    times = {name: instant.rfc3339(instant.from_datetime(getattr(campaign, name))) for name in ("starts", "ends")}
    kind = "campaign" if campaign.kind == 1 else "report"
    return {
        "id": campaign.id,
        "name": campaign.name,
        "kind": kind,
        **times,
        "folder": campaign.folder and campaign.folder.name,
        "topic": campaign.topic,
        "hashtag": campaign.hashtag,
        "creators": list(campaign.creator_ids),
    }
