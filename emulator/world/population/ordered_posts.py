"""Posts with exactly the properties that somebody asks for; what is left open, the seed decides."""

import re
from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any, Final

from emulator.world.population import identifiers, vocabulary
from emulator.world.population.asked import CannotJoin
from emulator.world.population.captions import caption
from emulator.world.population.cast import Creator, Location, Post, Profile
from emulator.world.population.engagement import Engagement, Reception
from emulator.world.population.media import formats, media
from emulator.world.population.ordered import directory, found_creator, known
from emulator.world.population.ordered_campaigns import brand_of
from emulator.world.population.platforms import PLATFORMS
from emulator.world.population.population import Cast
from emulator.world.population.randomness import pick
from emulator.world.population.reception import reception

_COUNTS: Final = ("likes", "comments", "shares", "saves", "views", "plays", "impressions", "reach")


def post(cast: Cast, number: int, given: Mapping[str, Any], published: datetime) -> Post:
    """Raises CannotJoin."""
    source = cast.origin.stream("ordered post", number)
    author = found_creator(directory(cast.creators), given["creator"], "creator")
    profile = _posting_profile(author, given.get("platform"))
    kinds = PLATFORMS[profile.platform].kinds
    kind = known("kind", given["kind"], kinds) if "kind" in given else pick(source, kinds)
    forms = formats(profile.platform, kind)
    form = known("format", given["format"], forms) if "format" in given else pick(source, forms)
    sponsor = brand_of(cast.brands, given["brand"]) if given.get("brand") else None
    said = _said(source, author, profile, kind, given)
    post_id = cast.author.first_id - 1 - number
    external_id = given.get("external_id") or identifiers.post_id(profile.platform, source, published)
    usual = reception(source, profile, kind, profile.followers, film=form == "Video", paid=sponsor is not None)
    place = given.get("location")
    return Post(
        id=post_id,
        uuid=cast.origin.uuid("post", post_id),
        creator_id=author.id,
        profile=profile,
        kind=kind,
        format=form,
        external_id=external_id,
        url=identifiers.post_url(profile.platform, kind, profile.handle, external_id),
        published_at=published,
        **said,
        media=media(source, post_id, profile.platform, kind, form),
        location=Location(**place) if place else None,
        link=given.get("link"),
        sponsored_by=sponsor.id if sponsor else None,
        usage_rights=given.get("usage_rights"),
        campaign_ids=tuple(_campaign_of(cast, author, each) for each in given.get("campaigns", ())),
        reception=_received(usual, given, film=form == "Video"),
    )


def _posting_profile(author: Creator, platform: str | None) -> Profile:
    able = {profile.platform: profile for profile in author.profiles if PLATFORMS[profile.platform].kinds}
    if not able:
        raise CannotJoin("creator", f"{author.name} has no profile on which something can be posted")
    if platform is None:
        return next(iter(able.values()))
    if platform not in able:
        raise CannotJoin("platform", f"{author.name} cannot post on {platform}, but on {', '.join(able)}")
    return able[platform]


def _said(source: Random, author: Creator, profile: Profile, kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Title, caption, hashtags and mentions; the latter are those of the caption, if there is one."""
    topic, language = vocabulary.topics()[author.topics[0]], vocabulary.languages()[author.language]
    tags, named = given.get("hashtags", ()), given.get("mentions", ())
    usual = caption(source, topic, language, kind, profile.platform, tags, named)
    text = given.get("caption")
    found = {"hashtags": usual.hashtags, "mentions": usual.mentions}
    if text is not None:
        found = {"hashtags": _marked("#", text), "mentions": _marked("@", text)}
    chosen = {name: tuple(given[name]) for name in ("hashtags", "mentions") if name in given}
    title = given.get("title", usual.title if profile.platform in ("YouTube", "Twitch") else None)
    return {"title": title, "caption": usual.text if text is None else text, **found, **chosen}


def _marked(sign: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.rstrip(".") for name in re.findall(rf"{sign}([\w.]+)", text)))


def _received(usual: Reception, given: Mapping[str, Any], *, film: bool) -> Reception:
    """As asked for, from the moment of publication on; otherwise as such posts usually grow."""
    counts = {name: given[name] for name in _COUNTS if name in given}
    if not film and any(counts.get(name) for name in ("views", "plays")):
        raise CannotJoin("views", "only films have views and plays; ask for the format Video")
    if not counts:
        return usual
    plays = {"plays": counts["views"]} if "views" in counts else {}
    return Reception(Engagement(**{**dict.fromkeys(_COUNTS, 0), **plays, **counts}), usual.pace, lifetime=0.0)


def _campaign_of(cast: Cast, author: Creator, wanted: int) -> int:
    there = {each.id: each for each in cast.campaigns}
    if wanted not in there:
        names = ", ".join(map(str, there)) or "none"
        raise CannotJoin("campaigns", f"there is no campaign {wanted}; there are {names}")
    if author.id not in there[wanted].creator_ids:
        raise CannotJoin("campaigns", f"{author.name} ({author.id}) does not take part in the campaign {wanted}")
    return wanted
