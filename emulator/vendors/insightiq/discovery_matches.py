"""`filter_match` of the profiles that a search shows: what each of them has of what the filters ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_shapes import applies
from emulator.vendors.insightiq.discovery_tags import topic_of
from emulator.vendors.insightiq.discovery_told import TOLD, Figures, Shares
from emulator.vendors.insightiq.tables.discovery import AGES, CREATORS, MONTHS, facets
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import own

Things = Mapping[str, str]  # by the name asked for; all folded

_COLUMNS: Final = (
    "id", "creator_id", "age", "gender", "language", "content_count", "reel_views", "share_count", "save_count",
    "monthly_growth", "credibility", "has_audience", "audience_female", "audience_male",
    *(f"views_growth_{months}" for months in MONTHS), *(f"audience_age_{first}" for first, _ in AGES.values()),
)  # fmt: skip
_FIGURES = Statement(
    select(*(profiles.c[name] for name in _COLUMNS)).where(own(profiles), profiles.c.id == bindparam("id"))
)
_NOTHING: Final[dict[str, Any]] = dict.fromkeys(TOLD)


def _names(_: Search, names: Iterable[str]) -> Things:
    return {name.casefold(): name.casefold() for name in names}


def _entries(key: str) -> Callable[[Search, Any], Things]:
    return lambda search, entries: _names(search, [entry[key] for entry in entries if key in entry])


def _topics(search: Search, wanted: dict[str, Any]) -> Things:
    found = {name.casefold(): topic_of(search.world, search.platform, name) for name in wanted.get("name", [])}
    return {name: topic for name, topic in found.items() if topic}


# By filter: where its things are kept, and how it names them.
_FACETS: Final[Mapping[str, tuple[str, Callable[[Search, Any], Things]]]] = {
    "brand_sponsors": ("sponsor", _names),
    "creator_brand_affinities": ("creator_brand", _names),
    "creator_interests": ("creator_interest", _names),
    "creator_locations": ("creator_location", _names),
    "audience_brand_affinities": ("audience_brand", _names),
    "audience_interests": ("audience_interest", _names),
    "audience_language": ("audience_language", _entries("code")),
    "audience_locations": ("audience_location", _entries("location_id")),
    "topic_relevance": ("topic", _topics),
}


def matches(search: Search, ids: Sequence[int]) -> dict[int, bytes]:
    """By profile; a filter that is not given, or is for another platform, is null."""
    asked = [name for name in TOLD if name in search.asked and applies(name, search.platform.key)]
    if not asked:
        return dict.fromkeys(ids, orjson.dumps(_NOTHING))
    rows = [row for key in ids for row in search.world.rows(_FIGURES, id=key)]
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    shares = {name: _shares(search, name, found) for name in asked if name in _FACETS}
    return {each["id"]: _match(search, asked, each, shares) for each in found}


def _match(search: Search, asked: Iterable[str], figures: Figures, shares: Mapping[str, Mapping[int, Shares]]) -> bytes:
    told = {}
    for name in asked:
        own_shares = shares[name].get(figures[_owner(_FACETS[name][0])], {}) if name in _FACETS else {}
        told[name] = TOLD[name](search.asked[name], figures, own_shares)
    return orjson.dumps({**_NOTHING, **told})


def _shares(search: Search, name: str, found: Sequence[Figures]) -> Mapping[int, Shares]:
    """By owner and by the name asked for, of those that the owner has."""
    facet, named = _FACETS[name]
    asked: dict[int, list[str]] = defaultdict(list)
    for its, thing in named(search, search.asked[name]).items():
        for number in search.terms(facet, [thing]):
            asked[number].append(its)
    owners = [each[_owner(facet)] for each in found]
    columns = facets.c.owner, facets.c.term, facets.c.share
    query = select(*columns).where(own(facets), facets.c.term.in_(list(asked)), facets.c.owner.in_(owners))
    shares: dict[int, dict[str, float]] = defaultdict(dict)
    for owner, number, share in search.world.query(query):
        shares[owner] |= dict.fromkeys(asked[number], share / 100)
    return shares


def _owner(facet: str) -> str:
    return "creator_id" if facet in CREATORS else "id"
