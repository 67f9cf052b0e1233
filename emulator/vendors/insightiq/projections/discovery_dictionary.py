"""The dictionaries of Creator Discovery, and the numbers under which things are kept."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Table

from emulator.vendors.insightiq.projections.discovery_facets import Places
from emulator.vendors.insightiq.tables import discovery as tables
from emulator.world import ids
from emulator.world.population import Cast
from emulator.world.population.vocabulary import countries, languages, topics
from emulator.world.projection import Projected

_PLACES = ("country", "state", "city")


class Dictionary:
    """Everything that profiles can be searched by; numbers are given in the order in which things appear."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._numbers: dict[tuple[str, str], int] = {}
        self._given = 0  # numbers that others have given before
        self._ids = {path: ids.uuid(cast.seed, "insightiq location", *path) for path in _paths()}
        self.places = Places(self._ids)

    def number(self, facet: str, thing: str) -> tuple[int, Sequence[tuple[Table, dict[str, Any]]]]:
        """A thing's number, with the row that tells it if it is new."""
        known = self._numbers.get((facet, thing))
        if known is not None:
            return known, ()
        name, following = thing.casefold(), self._given + len(self._numbers) + 1
        number = self._numbers.setdefault((facet, name), following)
        self._numbers[facet, thing] = number
        row = {"number": number, "facet": facet, "name": name}
        return number, ((tables.terms, row),) if number == following else ()

    def resume(self, terms: Iterable[tuple[str, str, int]]) -> None:
        """`terms` are facets, names folded, and numbers that a world has; new ones are greater."""
        known = {(facet, name): number for facet, name, number in terms}
        self._given = max(known.values(), default=0)
        self._numbers.update(known)

    def rows(self) -> Projected:
        entries = [*self._names(), *self._locations()]
        for position, (kind, key, shown) in enumerate(entries):
            row = {"kind": kind, "key": key, "name": shown["name"].casefold(), "body": orjson.dumps(shown)}
            yield tables.dictionary, {"position": position, **row}

    def _names(self) -> list[tuple[str, str | None, dict[str, str]]]:
        interests = dict.fromkeys(label for topic in topics().values() for label in topic.interests)
        spoken = dict.fromkeys(country.language for country in countries().values())
        return [
            *(("brand", None, {"name": name}) for name in sorted(brand.name for brand in self._cast.brands)),
            *(("interest", None, {"name": name}) for name in interests),
            *(("language", None, {"name": languages()[code].name, "code": code}) for code in spoken),
        ]

    def _locations(self) -> list[tuple[str, str | None, dict[str, str]]]:
        found = []
        for path, number in self._ids.items():
            name = countries()[path[0]].name if len(path) == 1 else path[-1]
            found.append(("location", number, {"id": number, "name": name, "type": _PLACES[len(path) - 1]}))
        return sorted(found, key=lambda entry: (entry[2]["name"].casefold(), entry[2]["type"]))


def _paths() -> list[tuple[str, ...]]:
    """Country, country and region, country and region and city."""
    paths: dict[tuple[str, ...], None] = {}
    for code, country in countries().items():
        for city in country.cities:
            path = code, city.region, city.name
            paths |= dict.fromkeys([path[:1], path[:2], path])
    return list(paths)
