"""The filters of the professional search, by name: each a condition on a profile's row.

Of a list of hashtags, subjects, mentions, jobs or educations every entry has to hold, so that one more narrows; a
profile has one location and its account a standing: there one of the list suffices. Both is assumed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, select, true

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq.professional_words import contains, folded
from emulator.vendors.insightiq.tables.professional import facets, profiles
from emulator.world import instant
from emulator.world.world import own

Condition = ColumnElement[bool]

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_LARGEST: Final = 2**63 - 1  # what a database counts to


def conditions(body: Mapping[str, Any]) -> Iterator[Condition]:
    """One for each filter of the request. Raises Invalid for a rate or a moment that is none."""
    for name, condition in FILTERS.items():
        if name in body:
            yield condition(body[name])


def invalid(field: str, rule: str, message: str) -> Invalid:
    return Invalid([Violation("body", field, rule, message)])


def _range(name: str) -> Callable[[Mapping[str, Any]], Condition]:
    column = profiles.c[name]

    def within(bounds: Mapping[str, Any]) -> Condition:
        lower = column >= _counted(bounds["min"]) if "min" in bounds else true()
        return and_(lower, column <= _counted(bounds["max"]) if "max" in bounds else true())

    return within


def _counted(number: float) -> int:
    return max(-_LARGEST, min(int(number), _LARGEST))


def _rate(wanted: Mapping[str, Any]) -> Condition:
    text = wanted["percentage_value"]
    if not _NUMBER.fullmatch(text):
        raise invalid("engagement_rate.percentage_value", "format", f"{text[:40]!r} is not a number")
    return profiles.c.engagement_rate >= float(text)


def _posted_since(text: str) -> Condition:
    """A moment without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid("last_post_timestamp", "format", f"{text!r} is not a moment") from None
    return profiles.c.last_post >= instant.from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _bio(phrase: str) -> Condition:
    return contains(profiles.c.bio, folded(phrase)) if phrase else true()


def _has(facet: str, *wanted: Condition) -> Condition:
    """The ids of the profiles come from the facets' primary key, which begins with world and facet."""
    return profiles.c.id.in_(select(facets.c.profile_id).where(own(facets), facets.c.facet == facet, *wanted))


def _any(facet: str) -> Callable[[list[str]], Condition]:
    return lambda names: _has(facet, facets.c.key.in_([folded(name) for name in names])) if names else true()


def _all(facet: str) -> Callable[[list[dict[str, Any]]], Condition]:
    return lambda entries: and_(true(), *(_has(facet, facets.c.key == folded(entry["name"])) for entry in entries))


def _jobs(entries: list[dict[str, str]]) -> Condition:
    """A title holds if it is part of the job's: Engineer finds a Software Engineer (assumed)."""
    return and_(true(), *(_has("job", *_job(entry)) for entry in entries))


def _job(entry: Mapping[str, str]) -> Iterator[Condition]:
    if "company" in entry:
        yield facets.c.key == folded(entry["company"])
    if entry.get("title"):
        yield contains(facets.c.detail, folded(entry["title"]))


def _educations(entries: list[dict[str, str]]) -> Condition:
    columns = {"institute": facets.c.key, "degree": facets.c.detail}
    return and_(
        true(),
        *(
            _has("education", *(column == folded(entry[name]) for name, column in columns.items() if name in entry))
            for entry in entries
        ),
    )


FILTERS: Final[Mapping[str, Callable[[Any], Condition]]] = {
    "follower_count": _range("follower_count"),
    "content_count": _range("content_count"),
    "has_contact_details": lambda wanted: profiles.c.has_contact_details.is_(wanted),
    "last_post_timestamp": _posted_since,
    "average_likes": _range("average_likes"),
    "average_comments": _range("average_comments"),
    "average_shares": _range("average_shares"),
    "engagement_rate": _rate,
    "creator_location_names": _any("location"),
    "bio_phrase": _bio,
    "hashtags": _all("hashtag"),
    "talks_about": _all("subject"),
    "mentions": _all("mention"),
    "creator_account_type": _any("standing"),
    "work_experiences": _jobs,
    "education": _educations,
}
