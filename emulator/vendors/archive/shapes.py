"""Members of the population as rows of Archive, and those rows as the SDL names them."""

from datetime import UTC, datetime
from typing import Any, Final

import orjson

from emulator.world import instant
from emulator.world.population import Engagement, Media, Post, Profile
from emulator.world.population.engagement import Reception
from emulator.world.population.growth import followers_after
from emulator.world.world import World

PROVIDERS: Final = {"Instagram": "INSTAGRAM", "TikTok": "TIKTOK"}

_TYPES: Final = {"Post": "POST", "Reel": "REEL", "Story": "STORY", "Video": "TIKTOK"}
_EVER: Final = datetime.max.replace(tzinfo=UTC)
_MONTH: Final = 30 * instant.DAY
_LONGEST: Final = 1_200  # months; beyond, no audience grows any more
_MAX_INT: Final = 2**31 - 1  # of GraphQL


def creator_row(shop: int, profile: Profile, *, authorized: bool, tracked: bool) -> dict[str, Any]:
    provider = PROVIDERS[profile.platform]
    shown = {
        "accountName": profile.handle,
        "authorized": authorized,
        "avatarUrl": profile.avatar_url,
        "biography": profile.biography,
        "followersCount": profile.followers,
        "followingCount": profile.following,
        "id": profile.id,
        "provider": provider,
        "verified": profile.verified,
    }
    return {
        "shop_id": shop,
        "id": profile.id,
        "account_name": profile.handle,
        "provider": provider,
        "verified": int(profile.verified),
        "tracked": int(tracked),
        "monthly_growth": profile.monthly_growth,
        "body": orjson.dumps(shown),
    }


def media_item_row(shop: int, post: Post, id: int) -> dict[str, Any]:
    columns = {
        "shop_id": shop,
        "id": id,
        "external_id": post.external_id,
        "creator_id": post.profile.id,
        "provider": PROVIDERS[post.platform],
        "type": _TYPES[post.kind],
        "usage_rights_status": post.usage_rights,
        "recorded_until": instant.from_datetime(post.captures(_EVER)[-1]),
    }
    return {**columns, "growth": _growth(post), "body": orjson.dumps(_item(post, columns))}


def creator_shown(world: World, body: bytes, monthly_growth: float) -> dict[str, Any]:
    """With the followers of this moment."""
    creator: dict[str, Any] = orjson.loads(body)
    months = min((world.now - world.record.epoch) / _MONTH, _LONGEST)
    creator["followersCount"] = min(followers_after(creator["followersCount"], monthly_growth, months), _MAX_INT)
    return creator


def media_item_shown(world: World, body: bytes, growth: bytes, creator: dict[str, Any]) -> dict[str, Any]:
    """With the engagement of this moment, and its history up to now."""
    item: dict[str, Any] = orjson.loads(body)
    now = instant.zulu(world.now)
    item["creator"] = creator
    item["engagement"] = [_engagement_at(world.now, growth)]
    item["engagementHistory"] = [counts for counts in item["engagementHistory"] if counts["at"] <= now]
    return item


def next_capture(body: bytes, now: int) -> int | None:
    """When the next row of an item's history is added, as an instant; None if it is complete."""
    moments = (datetime.fromisoformat(counts["at"]) for counts in orjson.loads(body)["engagementHistory"])
    return next((at for at in map(instant.from_datetime, moments) if at > now), None)


def _item(post: Post, columns: dict[str, Any]) -> dict[str, Any]:
    film = post.format == "Video"
    return {
        "caption": post.caption,
        "contents": [_content(media) for media in post.media],
        "engagementHistory": [
            _counts(instant.from_datetime(at), counts, film=film) for at, counts in post.history(_EVER)
        ],
        "externalId": post.external_id,
        "hashtags": post.hashtags,
        "id": str(columns["id"]),
        "location": _location(post),
        "mentions": post.mentions,
        "provider": columns["provider"],
        "takenAt": instant.zulu(instant.from_datetime(post.published_at)),
        "type": columns["type"],
        "usageRightsStatus": post.usage_rights,
    }


def _content(media: Media) -> dict[str, Any]:
    return {
        "contentUrl": media.content_url,
        "displayUrl": media.display_url,
        "height": media.height,
        "id": media.id,
        "type": media.kind,
        "width": media.width,
    }


def _location(post: Post) -> dict[str, Any] | None:
    place = post.location
    if place is None:
        return None
    return {"address": place.address, "city": place.city, "lat": place.lat, "lng": place.lng, "name": place.name}


def _growth(post: Post) -> bytes:
    """A JSON array without names, as there is one for each item."""
    totals, reception = post.reception.totals, post.reception
    counts = totals.likes, totals.comments, totals.views, totals.plays
    published = instant.from_datetime(post.published_at)
    return orjson.dumps((published, post.format == "Video", reception.pace, reception.lifetime, *counts))


def _engagement_at(now: int, growth: bytes) -> dict[str, Any]:
    published, film, pace, lifetime, likes, comments, views, plays = orjson.loads(growth)
    totals = Engagement(likes=likes, comments=comments, views=views, plays=plays)
    counts = Reception(totals, pace, lifetime).after(published / instant.SECOND, now / instant.SECOND)
    return _counts(now, counts, film=film)


def _counts(at: int, counts: Engagement, *, film: bool) -> dict[str, Any]:
    """Plays and views are those of films; a picture has none (documented as "if available")."""
    return {
        "at": instant.zulu(at),
        "commentCount": counts.comments,
        "likeCount": counts.likes,
        "playCount": counts.plays if film else None,
        "viewCount": counts.views if film else None,
    }
