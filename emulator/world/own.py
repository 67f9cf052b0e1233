"""Objects that a recipe brings along as JSON, as their vendors show them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Table

from emulator.words import hint
from emulator.world.population import Problem, Recipe, RecipeError, recipe_path
from emulator.world.population.yamlfile import Place
from emulator.world.projection import Projected

Broken = Sequence[tuple[Place, str]]
Objects = Mapping[str, Sequence[Any]]  # of a vendor, by kind
Missing = Callable[["Reference"], bool]


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody else, whose id stands in an object. Whoever is `everywhere` is in all worlds, or in none."""

    place: Place
    table: Table
    id: str
    everywhere: bool = False


class Dangling(ValueError):
    """An object refers to what is nowhere."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


@dataclass(frozen=True)
class Own:
    """A kind of objects. `broken` is what the contract has against one; `rows` are those by which it is shown.

    `parts` are tables of what belongs to the object, each with the column that names the object in its first row.
    `refers` are those whom it cannot do without. Where objects of several kinds become the same rows, `together` makes
    them of all, and `rows` only tell objects of a kind apart; unless they come in `pages`, of which several are one
    object. `lacking` is what else the recipe needs for it.
    """

    broken: Callable[[Any], Broken]
    rows: Callable[[Any], Projected]
    parts: tuple[tuple[Table, str], ...] = ()
    refers: Callable[[Any], Sequence[Reference]] = lambda _: ()
    together: Callable[[Recipe, Objects], Projected] | None = None
    pages: bool = False
    lacking: Callable[[Recipe], str | None] = lambda _: None


Kinds = Mapping[str, Mapping[str, Own]]  # by vendor and kind


def rows(recipe: Recipe, kinds: Kinds) -> Projected:
    """Those of all objects, which have been checked."""
    for _, own, body in _objects(recipe, kinds):
        if own.together is None:
            yield from own.rows(body)
    for vendor, given in recipe.objects.items():
        for together in dict.fromkeys(own.together for own in kinds[vendor].values() if own.together is not None):
            yield from together(recipe, given)


def replaced(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Rows that go, as parts of generated objects with the same id: tables with keys."""
    for _, own, body in _objects(recipe, kinds):
        for table, column in own.parts:
            _, row = next(iter(own.rows(body)))
            yield table, {column: row["id"]}


def problems(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Place, str]]:
    """Unknown kinds, what the contracts do not allow, objects that would share a key, and references to nobody.

    Whom a population has is known when a world is made, and told then (`hold_references`).
    """
    for vendor, given in recipe.objects.items():
        known = kinds.get(vendor, {})
        if not known:
            yield ("objects", vendor), f"unknown key; {hint(vendor, [name for name in kinds if kinds[name]])}"
        else:
            unknown = given.keys() - known.keys()
            yield from ((("objects", vendor, kind), f"unknown key; {hint(kind, known)}") for kind in sorted(unknown))
    taken: dict[tuple[Any, ...], Place] = {}
    whole = True
    for place, own, body in _objects(recipe, kinds):
        broken = list(own.broken(body)) or list(_unwritable(own, body))
        yield from (((*place, *below), message) for below, message in broken)
        if not broken and not own.pages:
            yield from _clashes(place, own, body, taken)
        whole = whole and not broken
    yield from _lacking(recipe, kinds)
    if whole and not _is_peopled(recipe):
        yield from _unknown(recipe, kinds)


def check(recipe: Recipe, kinds: Kinds, source: object = None) -> None:
    """`source` is the name or the path of a recipe that is a file. Raises RecipeError for the first problem."""
    for place, message in problems(recipe, kinds) if recipe.objects else ():
        raise refusal(source, place, message)


def refusal(source: object, place: Place, message: str) -> RecipeError:
    path = recipe_path(source) if isinstance(source, str) else None
    return RecipeError(str(Problem.at(path, place, message)))


def hold_references(recipe: Recipe, kinds: Kinds, missing: Missing) -> None:
    """Raises Dangling for the first that is nowhere."""
    for place, own, body in _objects(recipe, kinds):
        for reference in own.refers(body):
            if missing(reference):
                raise Dangling((*place, *reference.place), _nowhere(reference))


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


def _unwritable(own: Own, body: Any) -> Iterator[tuple[Place, str]]:
    """What a contract allows and no row can have, as integers beyond 64 bits and the year 0."""
    try:
        orjson.dumps(body)
        list(own.rows(body))
    except (TypeError, ValueError, OverflowError) as error:
        yield (), f"cannot be kept: {error}"


def _clashes(place: Place, own: Own, body: Any, taken: dict[tuple[Any, ...], Place]) -> Iterator[tuple[Place, str]]:
    for table, row in own.rows(body):
        for columns in keys(table):
            key = (*place[:3], table.name, *((name, row[name]) for name in columns if name in row))
            if key in taken:
                shared = ", ".join(f"{name} {row[name]!r}" for name in columns if name in row)
                other = ".".join(str(step) for step in taken[key])
                yield place, f"has the {shared}, as {other} has; they must differ"
            taken.setdefault(key, place)


def _lacking(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Place, str]]:
    for vendor, given in recipe.objects.items():
        told = (own.lacking(recipe) for kind, own in kinds.get(vendor, {}).items() if given.get(kind))
        message = next((each for each in told if each is not None), None)
        if message is not None:
            yield ("objects", vendor), message


def _is_peopled(recipe: Recipe) -> bool:
    return bool(recipe.connected_users or recipe.named_creators)


def _unknown(recipe: Recipe, kinds: Kinds) -> Iterator[tuple[Place, str]]:
    """References to what the recipe alone could bring along."""
    brought = {(table.name, row.get("id")) for _, own, body in _objects(recipe, kinds) for table, row in own.rows(body)}
    for place, own, body in _objects(recipe, kinds):
        for each in own.refers(body):
            if not each.everywhere and (each.table.name, each.id) not in brought:
                yield (*place, *each.place), _nowhere(each)


def _nowhere(reference: Reference) -> str:
    thing = reference.table.name.partition("_")[2].replace("_", " ").removesuffix("s")
    return f"is {reference.id!r}, and there is no {thing} with this id; bring it along too"
