"""The filters of a creator search on who the creators are, and what they say and do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import true

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq import discovery_lookalikes
from emulator.vendors.insightiq.discovery_conditions import Condition, Search, all_of, any_of, contains, has
from emulator.vendors.insightiq.discovery_shapes import Filter, flag, one_of, only, ranged, tagged
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world import instant

_BRACKETS: Final = {"OVER_18": 18, "OVER_21": 21}


def _gender(_: Search, wanted: str) -> Condition:
    genders = {"ANY": (), "MALE_OR_FEMALE": ("MALE", "FEMALE")}.get(wanted, (wanted,))
    return profiles.c.gender.in_(genders) if genders else true()


def _platform_account_type(_: Search, wanted: str) -> Condition:
    if wanted == "ANY":
        return true()
    return profiles.c.platform_account_type == (None if wanted == "NULL" else wanted)


def _account_type(_: Search, wanted: list[str]) -> Condition:
    return true() if "ANY" in wanted or not wanted else profiles.c.account_type.in_(wanted)


def _age_bracket(_: Search, wanted: str) -> Condition:
    return profiles.c.age >= _BRACKETS[wanted]


def _language(_: Search, wanted: dict[str, str]) -> Condition:
    return profiles.c.language == wanted["code"].lower() if "code" in wanted else true()


def _contacts(search: Search, wanted: list[dict[str, str]]) -> Condition:
    """All that must be there, and one of those that should be."""
    must = [entry["type"] for entry in wanted if "type" in entry and entry.get("preference") == "MUST_HAVE"]
    should = [entry["type"] for entry in wanted if "type" in entry and entry.get("preference") != "MUST_HAVE"]
    conditions = [has(search, "contact", [contact]) for contact in must]
    return all_of([*conditions, has(search, "contact", should) if should else true()])


def keywords(text: str) -> list[str]:
    """The key words, parted by commas or blanks."""
    return list(dict.fromkeys(text.replace(",", " ").casefold().split()))


def said(word: str) -> Condition:
    """On YouTube, what the videos say counts too."""
    return contains(profiles.c.biography, word) | contains(profiles.c.spoken, word)


def _description(_: Search, text: str) -> Condition:
    """One of the words is enough (assumed)."""
    words = keywords(text)
    return any_of(said(word) for word in words) if words else true()


def _last_post(_: Search, text: str) -> Condition:
    """A moment without a zone is UTC. Raises Invalid for a day that no month has."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid([Violation("body", "last_post_timestamp", "format", f"{text} is no moment")]) from None
    return profiles.c.last_post >= instant.from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _topics(search: Search, wanted: dict[str, Any]) -> Condition:
    names = wanted.get("name", [])
    return has(search, "topic", search.topics(names), least=wanted.get("threshold", 0.55) * 100) if names else true()


def _public(_: Search, wanted: bool) -> Condition:
    return profiles.c.is_private.is_(False) if wanted else true()


def _locations_by_name(search: Search, names: list[str]) -> Condition:
    """One of the places is enough, and so is one of those that share a name; an empty list restricts nothing."""
    return any_of(has(search, "creator_location", search.places(name)) for name in names) if names else true()


FILTERS: Final[Mapping[str, Filter]] = {
    "creator_gender": _gender,
    "creator_age": ranged("age"),
    "creator_age_bracket": _age_bracket,
    "creator_language": _language,
    "creator_locations": one_of("creator_location"),
    "creator_location": _locations_by_name,
    "creator_interests": one_of("creator_interest"),
    "creator_brand_affinities": one_of("creator_brand"),
    "creator_lookalikes": discovery_lookalikes.creators,
    "audience_lookalikes": discovery_lookalikes.audiences,
    "platform_account_type": _platform_account_type,
    "creator_account_type": _account_type,
    "is_verified": flag("is_verified"),
    "is_official_artist": only("is_official_artist"),
    "exclude_private_profiles": _public,
    "has_contact_details": flag("has_contact"),
    "specific_contact_details": _contacts,
    "bio_phrase": lambda _, text: contains(profiles.c.biography, text),
    "description_keywords": _description,
    "hashtags": tagged("hashtag", "#"),
    "mentions": tagged("mention", "@"),
    "topic_relevance": _topics,
    "has_sponsored_posts": flag("is_sponsored"),
    "brand_sponsors": one_of("sponsor"),
    "last_post_timestamp": _last_post,
}
