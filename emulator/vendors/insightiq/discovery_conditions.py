"""The building blocks of the filters of a creator search."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, exists, false, func, or_, select, true

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.discovery_tags import topic_of
from emulator.vendors.insightiq.tables.discovery import CREATORS, dictionary, facets, terms
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own

Condition = ColumnElement[bool]

_MOST: Final = 100
_EASILY_FOUND: Final = 4  # things; more are looked up once for all profiles, and not for each one again
_LONGEST: Final = 1_000  # characters; no text of a profile has a longer phrase
_FARTHEST: Final = 2**62  # beyond every count, and within what a database takes
_TERM = Statement(
    select(terms.c.number).where(own(terms), terms.c.facet == bindparam("facet"), terms.c.name == bindparam("name"))
)
_PLACE = Statement(
    select(dictionary.c.key).where(
        own(dictionary), dictionary.c.kind == "location", dictionary.c.name == bindparam("name")
    )
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched where; `asked` is the request's body."""

    world: World
    platform: Platform
    asked: dict[str, Any]

    def terms(self, facet: str, names: Iterable[str]) -> list[int]:
        """The numbers of the things that the world knows, whatever the case of their names."""
        rows = (self.world.row(_TERM, facet=facet, name=name.casefold()) for name in dict.fromkeys(names))
        return [row[0] for row in rows if row]

    def topics(self, tags: Iterable[str]) -> list[str]:
        """The topics of the tags that the platform has."""
        found = (topic_of(self.world, self.platform, tag) for tag in tags)
        return [topic for topic in found if topic]

    def places(self, name: str) -> list[str]:
        """The ids of the places of that name."""
        return [row[0] for row in self.world.rows(_PLACE, name=name.casefold())]


def within(column: ColumnElement[Any], span: dict[str, Any]) -> Condition:
    """Ends included; a missing end restricts nothing, a missing figure does not match."""
    ends = [column >= number(span["min"])] if "min" in span else []
    ends += [column <= number(span["max"])] if "max" in span else []
    return and_(true(), *ends)


def has(
    search: Search, facet: str, names: Iterable[str], above: float | None = None, least: float | None = None
) -> Condition:
    """The profile has one of the things; with a share, in percent, that has to be passed, or reached."""
    numbers = search.terms(facet, names)
    if not numbers:
        return false()
    shares = [] if above is None else [facets.c.share > _hundredths(above)]
    shares += [] if least is None else [facets.c.share >= _hundredths(least)]
    if len(numbers) <= _EASILY_FOUND:
        return exists().where(*_owned(facet, numbers), *shares)
    return _owner(facet).in_(select(facets.c.owner).where(own(facets), facets.c.term.in_(numbers), *shares))


def share(search: Search, facet: str, names: Iterable[str]) -> ScalarSelect[Any] | None:
    """What the profile's shares of the things sum to, in hundredths of a percent; None if nothing is named."""
    numbers = search.terms(facet, names)
    if not numbers:
        return None
    return select(func.coalesce(func.sum(facets.c.share), 0)).where(*_owned(facet, numbers)).scalar_subquery()


def any_of(conditions: Iterable[Condition]) -> Condition:
    return or_(false(), *_few(conditions))


def all_of(conditions: Iterable[Condition]) -> Condition:
    return and_(true(), *_few(conditions))


def number(value: float) -> float:
    """A number of JSON as the database takes it."""
    return max(-_FARTHEST, min(_FARTHEST, value))


def _hundredths(share: float) -> float:
    """Rounded, as 7.07 * 100 may be a little more than 707."""
    return number(round(share * 100, 6))


def percent(field: str, text: str) -> float:
    """A share that is written as text. Raises Invalid if it is no number (assumed)."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Invalid([Violation("body", field, "type", f'"{text[:40]}" is not a number')])
    return value


def contains(column: ColumnElement[str], text: str) -> Condition:
    """`column` is folded."""
    return column.contains(text.casefold(), autoescape=True) if len(text) <= _LONGEST else false()


def _few(conditions: Iterable[Condition]) -> list[Condition]:
    """Raises Invalid beyond a hundred, as databases bound the size of a query (assumed of the service too)."""
    found = list(conditions)
    if len(found) > _MOST:
        raise Invalid(
            [Violation("body", "", "maxItems", f"a filter has {len(found)} entries, at most {_MOST} are taken")]
        )
    return found


def _owned(facet: str, numbers: list[int]) -> tuple[Condition, ...]:
    return own(facets), facets.c.term.in_(numbers), facets.c.owner == _owner(facet)


def _owner(facet: str) -> ColumnElement[int]:
    return profiles.c.creator_id if facet in CREATORS else profiles.c.id
