"""What a public profile is about, by name: hashtags, mentions, interests, brands."""

from collections.abc import Iterable
from typing import Any, Final

import orjson
from sqlalchemy import Select, bindparam, select

from emulator.vendors.insightiq.analytics_subject import Subject
from emulator.vendors.insightiq.tables.discovery import dictionary, facets, terms
from emulator.world.store import Row, Statement
from emulator.world.world import own

_SHOWN: Final = 10  # of each list (assumed)


def _things() -> Select[Any]:
    """Things are looked up by term and owner, as the key of the table has it: see there."""
    joined = terms.join(facets, own(facets) & (facets.c.term == terms.c.number))
    found = select(terms.c.name, facets.c.share).select_from(joined)
    asked = terms.c.facet == bindparam("facet"), facets.c.owner == bindparam("owner")
    return found.where(own(terms), *asked).order_by(facets.c.share.desc(), terms.c.name)


_THINGS = Statement(_things())
_NAMED = Statement(
    select(dictionary.c.body).where(
        own(dictionary), dictionary.c.kind == bindparam("kind"), dictionary.c.name == bindparam("name")
    )
)


def listed(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """Brands with their shares of all mentions of brands, in percent (assumed)."""
    brands = _used(subject, "creator_brand", "id")
    mentions = sum(count for _, count in brands) or 1
    return {
        "top_hashtags": [{"name": name} for name, _ in _used(subject, "hashtag", "id")[:_SHOWN]],
        "top_mentions": [{"name": name} for name, _ in _used(subject, "mention", "id")[:_SHOWN]],
        "top_interests": _names(subject, "interest", _used(subject, "creator_interest", "creator_id")),
        "brand_affinity": [
            {"name": named["name"], "value": int(count / mentions * 10_000) / 100}
            for (_, count), named in zip(brands, _names(subject, "brand", brands), strict=True)
        ],
    }


def _used(subject: Subject, facet: str, owner: str) -> list[Row]:
    """Folded names and counts, the greatest first."""
    return subject.world.rows(_THINGS, facet=facet, owner=subject.row[owner])


def _names(subject: Subject, kind: str, found: Iterable[Row]) -> list[dict[str, Any]]:
    """As the dictionaries write them."""
    rows = (subject.world.row(_NAMED, kind=kind, name=row[0]) for row in found)
    return [{"name": orjson.loads(row[0])["name"]} for row in rows if row]
