"""Campaigns, posts and creators as Storyclash shows them, and the rows in which they are kept."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.vendors.storyclash import figures
from emulator.vendors.storyclash.commerce import link_data, shop_data
from emulator.world import ids, instant
from emulator.world.population import AdditionalField, Campaign, Cast, Creator, Participant, PlatformName, Post

PLATFORMS: Final[Mapping[PlatformName, tuple[str, str]]] = {  # as posts name them, and as creators' keys do
    "Instagram": ("Instagram", "Instagram"),
    "TikTok": ("TikTok", "Tiktok"),
    "Facebook": ("Facebook", "Facebook"),
    "Twitter": ("Twitter", "Twitter"),
    "YouTube": ("Youtube", "Youtube"),
}
FIELD_KINDS: Final[Mapping[type, str]] = {bool: "boolean", str: "string", tuple: "array", list: "array"}

_APP: Final = "https://app.storyclash.com/campaigns/detail"
_KEY_ORDER: Final = ("Instagram", "Facebook", "Twitter", "Youtube", "Tiktok")
_NAME_ORDER: Final = ("instagram", "facebook", "twitter", "tiktok", "youtube")
_WITH_POST_TYPE: Final = ("Instagram", "Facebook", "Twitter")
_ALIASED: Final = 0.15  # the part of the creators whom the customer has given another name (assumed)


def campaign_row(campaign: Campaign, seed: int) -> dict[str, Any]:
    starts, ends = (instant.unix(instant.from_datetime(each)) for each in (campaign.starts, campaign.ends))
    shown = {
        "customer": 1000 + int(ids.hexadecimal(seed, "storyclash customer", digits=4), 16),
        "id": campaign.id,
        "name": campaign.name,
        "url": f"{_APP}/{campaign.id}",
        "from": starts,
        "to": ends,
        "folderName": campaign.folder.name if campaign.folder else None,
        "folderId": campaign.folder.id if campaign.folder else None,
        "type": campaign.kind,
    }
    return {"id": campaign.id, "kind": campaign.kind, "starts": starts, "ends": ends, "body": orjson.dumps(shown)}


def shows(post: Post) -> bool:
    """Whether the post is on a platform that campaigns have."""
    return post.platform in PLATFORMS


def post_row(campaign_id: int, post: Post, mentions: list[dict[str, Any]], at: float) -> dict[str, Any]:
    """The body has a gap for the metrics; where these are settled at a time in Unix seconds, they stand in it."""
    platform, _ = PLATFORMS[post.platform]
    date = instant.unix(instant.from_datetime(post.published_at))
    shown = {
        "date": date,
        "id": post.id,
        "text": post.caption,
        "directLink": post.url,
        "linkedUrl": post.link or "",
        "platform": platform,
        "type": post.kind,
        "tags": _tags(post),
        "metrics": None,
        "mentions": mentions,
        "creator_id": post.creator_id,
        "linkToPost": f"{_APP}/{campaign_id}?postId={post.id}",
        "postType": post.format if platform in _WITH_POST_TYPE else "",
    }
    body, growth = orjson.dumps(shown), figures.growth(post)
    key = {"campaign_id": campaign_id, "id": post.id, "date": date}
    if figures.settled(post, at):
        return {**key, "growth": None, "body": next(figures.filled([(body, growth)], at))}
    return {**key, "growth": growth, "body": body}


def creator_row(cast: Cast, campaign_id: int, creator: Creator, participant: Participant) -> dict[str, Any]:
    """Absent profiles have "" as URL and name, and null followers; an alias is there or not (documented)."""
    profiles = {PLATFORMS[each.platform][1]: each for each in creator.profiles if each.platform in PLATFORMS}
    named = {platform.lower(): profile.handle for platform, profile in profiles.items()}
    shown = {
        "id": creator.id,
        "name": creator.name,
        "nameOriginal": creator.name,
        **_alias(cast, creator),
        "creatorType": creator.kind,
        "category": creator.category,
        "country": creator.country,
        "language": creator.language.upper(),
        **{f"url{key}": profiles[key].url if key in profiles else "" for key in _KEY_ORDER},
        **{f"followers{key}": profiles[key].followers if key in profiles else None for key in _KEY_ORDER},
        **{f"{key}Name": named.get(key, "") for key in _NAME_ORDER},
        "linkToCreator": f"{_APP}/{campaign_id}?creatorId={creator.id}",
        "additionalFields": shown_fields(participant.fields),
        "cost": participant.cost,
        "shopData": shop_data(participant),
        "linkData": link_data(participant, creator),
    }
    return {"campaign_id": campaign_id, "id": creator.id, "body": orjson.dumps(shown)}


def shown_fields(fields: Sequence[AdditionalField]) -> list[dict[str, Any]]:
    return [
        {"id": field.id, "name": field.name, "description": field.description, "value": field.value} for field in fields
    ]


def _tags(post: Post) -> list[str]:
    """What the customer has noted about the post (assumed)."""
    return [*(["Paid"] if post.sponsored_by else []), *(["Approved"] if post.usage_rights == "APPROVED" else [])]


def _alias(cast: Cast, creator: Creator) -> dict[str, str]:
    aliased = cast.origin.stream("storyclash alias", creator.id).random() < _ALIASED
    return {"alias": creator.handle} if aliased else {}
