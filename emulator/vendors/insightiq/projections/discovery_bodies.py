"""The objects of Creator Discovery, in the documented key order."""

from datetime import date
from typing import Any, Final

import orjson

from emulator.vendors.insightiq.creator_profiles import vendor_name
from emulator.vendors.insightiq.projections.connect import work_platforms
from emulator.vendors.insightiq.tables.discovery import AGES
from emulator.world.population import Audience, Creator, Profile

_CONTACTS: Final = {
    "Instagram": "instagram", "TikTok": "tiktok", "YouTube": "youtube", "Facebook": "facebook", "Twitter": "twitter",
    "Twitch": "twitchtv", "Snapchat": "snapchat", "Pinterest": "pinterest",
}  # fmt: skip


AUDIENCE: Final = ("countries", "cities", "languages", "genders_and_ages", "interests", "brands")


def platform_of(profile: Profile) -> dict[str, Any]:
    entry = work_platforms()[vendor_name(profile.platform)]
    return {key: entry[key] for key in ("id", "name", "logo_url")}


def contacts(creator: Creator, profile: Profile) -> list[dict[str, str]]:
    """Businesses tell address and number, creators their address; both link to their other profiles (assumed)."""
    if profile.account_type == "PERSONAL":
        return []
    own = {"email": creator.email} | ({"phone": creator.phone} if profile.account_type == "BUSINESS" else {})
    links = {_CONTACTS[other.platform]: other.url for other in creator.profiles if other.platform in _CONTACTS}
    links.pop(_CONTACTS.get(profile.platform, ""), None)
    return [{"type": kind, "value": value} for kind, value in (own | links).items()]


def email(creator: Creator, profile: Profile) -> str | None:
    """The address that the profile tells, folded."""
    told = {contact["type"]: contact["value"] for contact in contacts(creator, profile)}
    return told["email"].casefold() if "email" in told else None


def age(creator: Creator, today: date) -> int | None:
    """In years."""
    born = creator.born
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def gender(creator: Creator, profile: Profile) -> str | None:
    """As the filter names it; organizations are known on Twitch only."""
    if creator.gender is None:
        return "ORGANIZATION" if profile.platform == "Twitch" else None
    return "GENDER_NEUTRAL" if creator.gender == "OTHER" else creator.gender


def platform_account_type(profile: Profile) -> str | None:
    """Twitch has kinds of its own (assumed)."""
    if profile.platform != "Twitch":
        return profile.account_type
    return "PARTNERS" if profile.verified else None if profile.account_type == "PERSONAL" else "AFFILIATES"


def counts(profile: Profile) -> dict[str, int | None]:
    """YouTube has subscribers, every other platform followers."""
    subscribed = profile.platform == "YouTube"
    return {
        "follower_count": None if subscribed else profile.followers,
        "subscriber_count": profile.followers if subscribed else None,
    }


def searched(creator: Creator, profile: Profile, row: dict[str, Any]) -> bytes:
    """An entry of search_creator_profiles; what the documentation calls location and creator_location, under both.

    The kinds of account that Twitch has are not among the documented ones of this answer: null.
    """
    place = _place(creator)
    shown = _basics(profile, row) | {
        "average_likes": row["average_likes"],
        "average_views": row["average_views"],
        "location": place,
        "creator_location": place,
        "contact_details": contacts(creator, profile),
    }
    if profile.platform == "Twitch":
        shown["platform_account_type"] = None
    return orjson.dumps(shown)


def quickly_searched(creator: Creator, profile: Profile, row: dict[str, Any], live_views: int | None) -> bytes:
    """An entry of quick_search_creator_profiles."""
    metrics = {
        "recent_activity": row["stream_slug"],
        "hours_watched": row["hours_watched"],
        "peak_viewers": row["peak_viewers"],
        "average_viewers": row["average_viewers"],
        "airtime": row["airtime"],
        "follower_growth": row["followers_gained"],
        "total_live_view_count": live_views,
    }
    streams = metrics if profile.platform == "Twitch" else None
    return orjson.dumps(_basics(profile, row) | {"location": _place(creator), "livestream_metrics": streams})


def _basics(profile: Profile, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "platform_username": profile.handle,
        "url": profile.url,
        "image_url": profile.avatar_url,
        **counts(profile),
        "is_verified": profile.verified,
        "work_platform": platform_of(profile),
        "full_name": profile.display_name,
        "introduction": profile.biography,
        "platform_account_type": row["platform_account_type"],
        "gender": row["gender"],
        "age_group": _age_group(row["age"]),
        "language": row["language"],
        "content_count": profile.posts_count,
        "engagement_rate": row["engagement_rate"],
    }


def live(creator: Creator, profile: Profile) -> bytes:
    """The answer of get_live_profile, as of the epoch."""
    labelled = profile.platform == "Instagram" and profile.account_type != "PERSONAL"
    return orjson.dumps(
        {
            "work_platform": platform_of(profile),
            **_short(profile),
            "is_private": profile.private,
            "content_count": profile.posts_count,
            "total_view_count": profile.posts_count * profile.average_views if profile.platform == "YouTube" else None,
            "introduction": profile.biography,
            "category": creator.category if labelled else None,
            "external_id": profile.external_id,
            "platform_profile_id": profile.external_id,
            "profile_links": [{"url": creator.website}] if creator.website else [],
        }
    )


def contact_info(creator: Creator, profile: Profile) -> bytes:
    """The answer of get_contact_info, as of the epoch."""
    ids = {"external_id": profile.external_id, "platform_profile_id": profile.external_id}
    return orjson.dumps(
        {
            "work_platform": platform_of(profile),
            "profile": {**_short(profile), **ids},
            "contact_details": contacts(creator, profile),
        }
    )


def audience(audience: Audience) -> bytes:
    """All shares by the names of their lists, each with what it is of."""
    lists = {name: getattr(audience, name) for name in AUDIENCE}
    return orjson.dumps({**lists, "credibility": audience.credibility})


def userhandle(profile: Profile) -> bytes:
    return orjson.dumps(
        {
            "user_id": profile.external_id,
            "username": profile.handle,
            "fullname": profile.display_name,
            "picture": profile.avatar_url,
            "followers": str(profile.followers),
            "is_verified": profile.verified,
        }
    )


def _short(profile: Profile) -> dict[str, Any]:
    shown = counts(profile)
    return {
        "platform_username": profile.handle,
        "url": profile.url,
        "image_url": profile.avatar_url,
        "full_name": profile.display_name,
        "follower_count": shown["follower_count"],
        "following_count": profile.following,
        "subscriber_count": shown["subscriber_count"],
        "is_verified": profile.verified,
        "is_business": profile.account_type == "BUSINESS",
    }


def _place(creator: Creator) -> dict[str, str]:
    return {"city": creator.city, "state": creator.region, "country": creator.country_name}


def _age_group(age: int | None) -> str | None:
    return None if age is None else next((name for name, (low, high) in AGES.items() if low <= age <= high), "65+")
