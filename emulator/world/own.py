"""Objects that a recipe brings along as JSON, as their vendors show them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from emulator.world.population import Problem, Recipe, RecipeError, hint, recipe_path
from emulator.world.population.yamlfile import Lines, Place
from emulator.world.projection import Projected

Broken = Sequence[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Own:
    """A kind of objects. `broken` is what the contract has against one; `rows` are those by which it is shown.

    `parts` are tables of what belongs to the object, each with the column that names the object in its first row.
    """

    broken: Callable[[Any], Broken]
    rows: Callable[[Any], Projected]
    parts: tuple[tuple[Table, str], ...] = ()


Kinds = Mapping[str, Mapping[str, Own]]  # by vendor and kind


def rows(recipe: Recipe, kinds: Kinds) -> Projected:
    """Those of all objects, which have been checked."""
    for _, own, body in _objects(recipe, kinds):
        yield from own.rows(body)


def replaced(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Rows that go, as parts of generated objects with the same id: tables with keys."""
    for _, own, body in _objects(recipe, kinds):
        for table, column in own.parts:
            _, row = next(iter(own.rows(body)))
            yield table, {column: row["id"]}


def problems(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Place, str]]:
    """Unknown kinds, what the contracts do not allow, and objects that would share a key."""
    for vendor, given in recipe.objects.items():
        known = kinds.get(vendor, {})
        if not known:
            yield ("objects", vendor), f"unknown key; {hint(vendor, [name for name in kinds if kinds[name]])}"
        else:
            unknown = given.keys() - known.keys()
            yield from ((("objects", vendor, kind), f"unknown key; {hint(kind, known)}") for kind in sorted(unknown))
    taken: dict[tuple[Any, ...], Place] = {}
    for place, own, body in _objects(recipe, kinds):
        broken = list(own.broken(body))
        yield from (((*place, *below), message) for below, message in broken)
        if not broken:
            yield from _clashes(place, own, body, taken)


def check(recipe: Recipe, name_or_path: str, kinds: Kinds) -> None:
    """Raises RecipeError for the first problem."""
    for place, message in problems(recipe, kinds) if recipe.objects else ():
        path = recipe_path(name_or_path)
        raise RecipeError(str(Problem(path, Lines(path).of(place), place, message)))


def keys(table: Table) -> list[tuple[str, ...]]:
    """What tells the table's rows apart within a world: columns that are unique together."""
    unique = [list(index.columns) for index in table.indexes if index.unique]
    found = [list(table.primary_key.columns), *unique]
    return [tuple(column.name for column in columns if column.name != "world") for columns in found]


def _objects(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Place, Own, Any]]:
    for vendor, given in recipe.objects.items():
        for kind, bodies in given.items():
            own = kinds.get(vendor, {}).get(kind)
            if own is not None:
                yield from ((("objects", vendor, kind, nth), own, body) for nth, body in enumerate(bodies))


def _clashes(place: Place, own: Own, body: Any, taken: dict[tuple[Any, ...], Place]) -> Iterator[tuple[Place, str]]:
    for table, row in own.rows(body):
        for columns in keys(table):
            key = (table.name, *((name, row[name]) for name in columns))
            if key in taken:
                shared = ", ".join(f"{name} {row[name]!r}" for name in columns)
                other = ".".join(str(step) for step in taken[key])
                yield place, f"has the {shared}, as {other} has; they must differ"
            taken.setdefault(key, place)
