"""Which profiles a creator search finds, and in which order; the pages of a search share one evaluation."""

from hashlib import sha256
from typing import Any, Final

import orjson
from sqlalchemy import Select, select

from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_filters import matching
from emulator.vendors.insightiq.discovery_shapes import reach
from emulator.vendors.insightiq.discovery_sorting import order
from emulator.vendors.insightiq.kept import Kept
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

_KEPT: Final = 256  # searches
_FARTHEST: Final = 2**31  # results; there are never so many, and databases count in 64 bits

_found: Final = Kept[tuple[int, ...]](_KEPT)


def found(search: Search) -> tuple[int, ...]:
    """The ids of the results within reach, in order; as those of an origin never change, they can be kept.

    Ids alone are sorted, as bodies are a hundred times as long.
    """
    return _found.get(_key(search), lambda: tuple(gathered(search, reach())))


def gathered(search: Search, most: int) -> list[int]:
    """The ids of that many results, in order."""
    return [row[0] for row in search.world.query(gathering(search).limit(min(most, _FARTHEST)))]


def gathering(search: Search) -> Select[Any]:
    """What finds the ids of all results. Raises Invalid for what cannot be searched for."""
    return select(profiles.c.id).where(matching(search)).order_by(*order(search))


def _key(search: Search) -> tuple[str, str, bytes]:
    asked = {name: value for name, value in search.asked.items() if name not in ("limit", "offset")}
    digest = sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).digest()
    return search.world.record.origin, search.platform.id, digest
