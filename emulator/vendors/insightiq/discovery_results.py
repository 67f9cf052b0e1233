"""Which profiles a creator search finds, and in which order; the pages of a search share one evaluation."""

import threading
from hashlib import sha256
from typing import Any, Final

import orjson
from sqlalchemy import Select, select

from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_filters import matching
from emulator.vendors.insightiq.discovery_shapes import reach
from emulator.vendors.insightiq.discovery_sorting import order
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

_KEPT: Final = 256  # searches
_FARTHEST: Final = 2**31  # results; there are never so many, and databases count in 64 bits

_Key = tuple[str, str, bytes]
_found: dict[_Key, tuple[int, ...]] = {}
_changing = threading.Lock()


def found(search: Search) -> tuple[int, ...]:
    """The ids of the results within reach, in order; as those of an origin never change, they can be kept.

    Ids alone are sorted, as bodies are a hundred times as long.
    """
    key = _key(search)
    ids = _found.get(key)
    if ids is None:
        ids = tuple(gathered(search, reach()))
        _keep(key, ids)
    return ids


def gathered(search: Search, most: int) -> list[int]:
    """The ids of that many results, in order."""
    return [row[0] for row in search.world.query(gathering(search).limit(min(most, _FARTHEST)))]


def gathering(search: Search) -> Select[Any]:
    """What finds the ids of all results. Raises Invalid for what cannot be searched for."""
    return select(profiles.c.id).where(matching(search)).order_by(*order(search))


def _key(search: Search) -> _Key:
    """An origin's name is unique over all states and times."""
    asked = {name: value for name, value in search.asked.items() if name not in ("limit", "offset")}
    digest = sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).digest()
    return search.world.record.origin, search.platform.id, digest


def _keep(key: _Key, ids: tuple[int, ...]) -> None:
    with _changing:
        while len(_found) >= _KEPT:
            del _found[next(iter(_found))]  # the oldest
        _found[key] = ids
