"""Members of the population as rows of Archive, for both versions of its API."""

from collections.abc import Iterable
from typing import Any, Final

import orjson

from emulator.vendors.archive import readings
from emulator.world import ids, instant
from emulator.world.population import Creator, Media, Post, Profile

PROVIDERS: Final = {"Instagram": "INSTAGRAM", "TikTok": "TIKTOK", "YouTube": "YOUTUBE"}

# The types of version 1; version 2 calls its own by other names.
_TYPES: Final = {"Post": "POST", "Reel": "REEL", "Story": "STORY", "Shorts": "SHORT"}


def creator_row(shop: int, creator: Creator, profile: Profile, *, authorized: bool, tracked: bool) -> dict[str, Any]:
    """A creator of version 1, which is a social profile of version 2: one account on one platform."""
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
        "uuid": profile.uuid,
        "person_id": creator.id,
        "account_name": profile.handle,
        "provider": provider,
        "verified": int(profile.verified),
        "private": int(profile.private),
        "account_type": profile.account_type,
        "tracked": int(tracked),
        "followers": profile.followers,
        "monthly_growth": profile.monthly_growth,
        "body": orjson.dumps(shown),
        "details": orjson.dumps([profile.display_name, creator.email, creator.phone, profile.url]),
    }


def person_row(seed: int, shop: int, creator: Creator) -> dict[str, Any]:
    """A creator of version 2, who may have several accounts."""
    return {
        "shop_id": shop,
        "id": creator.id,
        "uuid": ids.uuid(seed, "archive creator", creator.id),
        "city": creator.city,
        "region": creator.region,
        "country": creator.country,
        "country_name": creator.country_name,
        "facts": orjson.dumps(_facts(creator)),
    }


def media_item_row(seed: int, shop: int, post: Post, id: int) -> dict[str, Any]:
    columns = {
        "shop_id": shop,
        "id": id,
        "uuid": ids.uuid(seed, "archive item", id),
        "external_id": post.external_id,
        "creator_id": post.profile.id,
        "person_id": post.creator_id,
        "provider": PROVIDERS[post.platform],
        "type": _type(post),
        "content_type": "VIDEO" if post.format == "Video" else "IMAGE",
        "usage_rights_status": post.usage_rights,
        "import_type": "AUTOMATIC",
        "taken_at": instant.from_datetime(post.published_at),
        "tags": tags(post.hashtags, post.mentions),
        "url": post.url,
        "seconds": max((media.duration for media in post.media), default=0),
        "audience": post.profile.followers_at(post.published_at),
    }
    history = readings.planned(post)
    last = history[-1]
    return {
        **columns,
        **counts(last),
        "recorded_until": last.at,
        "history": readings.packed(history),
        "growth": readings.growth(post),
        "body": orjson.dumps(_item(post, columns)),
    }


def counts(reading: readings.Reading) -> dict[str, int | None]:
    """The columns that hold a reading. Views are plays where these are counted."""
    return {
        "likes": reading.likes or 0,
        "comments": reading.comments or 0,
        "views": reading.plays,
        "shares": reading.shares or 0,
        "impressions": reading.impressions or 0,
    }


def tags(hashtags: Iterable[str], mentions: Iterable[str]) -> str:
    """Each between two line ends, so that one can be looked for."""
    names = [f"#{name}" for name in hashtags] + [f"@{name}" for name in mentions]
    return "\n" + "".join(f"{name.lower()}\n" for name in names)


def _type(post: Post) -> str:
    return "TIKTOK" if post.platform == "TikTok" else _TYPES.get(post.kind, "POST")


def _facts(creator: Creator) -> dict[str, Any]:
    """What the workspace's custom attributes of a creator are made of."""
    return {
        "born": creator.born.isoformat() if creator.born else None,
        "category": creator.category,
        "email": creator.email,
        "interests": creator.interests,
        "kind": creator.kind,
        "language": creator.language,
        "name": creator.name,
        "phone": creator.phone,
        "website": creator.website,
    }


def _item(post: Post, columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "caption": post.caption,
        "contents": [_content(media) for media in post.media],
        "externalId": post.external_id,
        "hashtags": post.hashtags,
        "id": str(columns["id"]),
        "location": _location(post),
        "mentions": post.mentions,
        "provider": columns["provider"],
        "takenAt": instant.zulu(columns["taken_at"]),
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
