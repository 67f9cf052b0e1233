"""Who owns a connected account, as far as each platform tells."""

from collections.abc import Mapping
from typing import Any, Final

from emulator.vendors.insightiq.profiles import reputation
from emulator.world import instant
from emulator.world.population import ConnectedAccount, Creator, PlatformName, Profile
from emulator.world.population.randomness import stream

# What platforms tell beyond handle, name, text, picture and followers. After the documented samples; where these have
# null for Instagram's details, whose interface is known to give them, and for platforms in no sample: assumed.
_TELLS: Final[Mapping[PlatformName, frozenset[str]]] = {
    "Instagram": frozenset({"type", "category", "website", "gender", "country", "following", "contents"}),
    "TikTok": frozenset({"following", "contents"}),
    "YouTube": frozenset(
        {"names", "nick_name", "birth", "email", "phone", "address", "gender", "country", "contents", "watch_time"}
    ),
    "Facebook": frozenset({"names", "birth", "category", "website", "email", "address", "gender", "country"}),
    "Twitter": frozenset({"birth", "website", "address", "country", "following", "contents"}),
    "Twitch": frozenset({"email", "following"}),
    "LinkedIn": frozenset({"names", "email", "country", "website"}),
    "Spotify": frozenset({"email", "country", "following"}),
    "Substack": frozenset({"website", "mailing"}),
    "Beehiiv": frozenset({"website", "mailing"}),
}
_SUBSCRIBED: Final = ("YouTube", "Substack", "Beehiiv")  # whose followers are called subscribers
_CAREER: Final = (
    "work_experiences", "education", "publications", "certifications", "volunteer_experiences", "honors", "projects",
)  # fmt: skip
_PER_PLAYLIST: Final = 25
_MINUTES_WATCHED: Final = 3  # of a video, on average


def owner_shown(creator: Creator, account: ConnectedAccount, followers: int, seed: int) -> dict[str, Any]:
    """The keys of a profile from `platform_username` on, in the documented order.

    The lists of a career are empty on every platform: the cast has no careers.
    """
    profile, tells = account.profile, _TELLS.get(account.platform, frozenset())
    names = "names" in tells
    return {
        "platform_username": profile.handle,
        "full_name": creator.name,
        "first_name": (creator.first_name or None) if names else None,
        "last_name": (creator.last_name or None) if names else None,
        "nick_name": profile.handle if "nick_name" in tells else None,
        "url": profile.url,
        "introduction": profile.biography,
        "image_url": profile.avatar_url,
        "date_of_birth": creator.born.isoformat() if creator.born and "birth" in tells else None,
        "external_id": profile.external_id,
        "platform_account_type": profile.account_type if "type" in tells else None,
        "category": creator.category if "category" in tells else None,
        "website": creator.website if "website" in tells else None,
        "reputation": reputation(_figures(profile, tells, seed), followers),
        **_contact(creator, tells),
        "gender": creator.gender if "gender" in tells else None,
        "country": creator.country if "country" in tells else None,
        "platform_profile_name": profile.display_name,
        "platform_profile_id": profile.external_id,
        "platform_profile_published_at": instant.naive(instant.from_datetime(profile.created_at)),
        "is_verified": profile.verified,
        "is_business": profile.account_type == "BUSINESS",
        **{key: [] for key in _CAREER},
    }


def _figures(profile: Profile, tells: frozenset[str], seed: int) -> dict[str, Any]:
    """All keys of a reputation; the followers are not set yet, but for which of the two names they come under."""
    subscribed, contents, watched = profile.platform in _SUBSCRIBED, "contents" in tells, "watch_time" in tells
    minutes = profile.average_views * profile.posts_count * _MINUTES_WATCHED
    return {
        "follower_count": None,
        "following_count": profile.following if "following" in tells else None,
        "subscriber_count": profile.followers if subscribed else None,
        **_mailing(profile, tells, seed),
        "content_count": profile.posts_count if contents else None,
        "content_group_count": profile.posts_count // _PER_PLAYLIST if watched else None,
        "watch_time_in_hours": minutes // 60 if watched else None,
        **_rates(tells, profile, seed),
    }


def _mailing(profile: Profile, tells: frozenset[str], seed: int) -> dict[str, int | None]:
    share = stream(seed, "insightiq paid subscribers", profile.id).uniform(0.01, 0.08)
    return {"paid_subscriber_count": int(profile.followers * share) if "mailing" in tells else None}


def _rates(tells: frozenset[str], profile: Profile, seed: int) -> dict[str, float | None]:
    """In per cent."""
    source = stream(seed, "insightiq mailing", profile.id)
    opened, clicked = round(source.uniform(32, 58), 2), round(source.uniform(1.5, 9), 2)
    mailing = "mailing" in tells
    return {"average_open_rate": opened if mailing else None, "average_click_rate": clicked if mailing else None}


def _contact(creator: Creator, tells: frozenset[str]) -> dict[str, list[dict[str, str]]]:
    address = f"{creator.city}, {creator.region}, {creator.country_name}"
    return {
        "emails": [{"type": "WORK", "email_id": creator.email}] if "email" in tells else [],
        "phone_numbers": [{"type": "WORK", "phone_number": creator.phone}] if "phone" in tells else [],
        "addresses": [{"type": "WORK", "address": address}] if "address" in tells else [],
    }
