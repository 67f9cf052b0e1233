"""Objects of a recipe's own: lists, or what a vendor answered, just as it was captured."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from emulator.words import seen
from emulator.world.population import yamlfile
from emulator.world.population.checks import FieldError
from emulator.world.population.yamlfile import Lines, Place

_LARGEST: Final = 64 * 2**20  # bytes of a file
_MOST: Final = 100_000  # objects of a kind
_READABLE: Final = 4 * 2**20  # bytes of a file in which lines are looked for
_GRAPHQL: Final = {"data", "errors", "extensions"}
_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


def taken(path: Path | None, objects: Any) -> Any:
    """By vendor and kind: the name of a JSON file beside the recipe stands for what it holds, an answer for its list.

    A recipe that is no file has none beside it. Raises FieldError.
    """
    if not isinstance(objects, dict):
        return objects
    return {vendor: _of_kinds(path, vendor, kinds) for vendor, kinds in objects.items()}


def located(path: Path, place: Place) -> tuple[Path, int | None]:
    """The file that something at a place in a recipe stands in, and its line, from 1: maybe in a file beside it."""
    if place[:1] == ("objects",) and len(place) > 3:
        try:
            return _in_list(path, *place[1:])
        except (KeyError, LookupError, TypeError, OSError, ValueError, yaml.YAMLError):
            pass  # it is not there, or not written in a way that has lines
    return path, Lines(path).of(place)


def _of_kinds(path: Path | None, vendor: str, kinds: Any) -> Any:
    if not isinstance(kinds, dict):
        return kinds
    found = {}
    for kind, said in kinds.items():
        try:
            found[kind] = _list_of(_read(path, said) if isinstance(said, str) else said, str(kind))
        except FieldError as error:
            raise FieldError("", [((vendor, kind, *place), message) for place, message in error.problems]) from None
    return found


def _read(path: Path | None, name: str) -> Any:
    if path is None:
        raise FieldError(f"is {seen(name)}; only a recipe file can name a file; put the list of objects here")
    file = path.parent / name
    try:
        if file.stat().st_size > _LARGEST:
            raise FieldError(f"{name} is larger than {_LARGEST // 2**20} MiB; allowed: less")
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, FieldError):
            raise
        raise FieldError(f"{name} cannot be read as JSON: {error}") from None


def _list_of(said: Any, kind: str) -> Any:
    if not said or not isinstance(said, dict | list):
        return said
    found = [value for _, value in _objects(said, kind, ())]
    if len(found) > _MOST:
        raise FieldError(f"holds {len(found)} objects; allowed: {_MOST} at most")
    return found


def _objects(said: Any, kind: str, place: Place) -> Iterator[tuple[Place, Any]]:
    """Each with its place in what was captured: a list, an answer, a list of answers, or an object alone."""
    match said:
        case list():
            for nth, each in enumerate(said):
                yield from _objects(each, kind, (*place, nth))
        case {"data": list(data)}:
            yield from (((*place, "data", nth), each) for nth, each in enumerate(data))
        case {"data": dict(data), **rest} if rest.keys() <= _GRAPHQL:
            for field in _fields(data, kind):
                yield from _nodes(data[field], (*place, "data", field))
        case {"errors": _, **rest} if rest.keys() <= _GRAPHQL:
            raise FieldError("holds an answer with errors and without data; capture one that has data")
        case _:
            yield place, said


def _fields(data: Mapping[str, Any], kind: str) -> list[str]:
    """The root field that is called as the kind is, or all of them."""
    named = [field for field in data if _CAPITAL.sub("_", field).lower() in (kind, kind.removesuffix("s"))]
    return named or list(data)


def _nodes(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Of a connection, a list or an object; what was not found is null."""
    match value:
        case {"nodes": list(nodes)}:
            yield from _nodes(nodes, (*place, "nodes"))
        case {"edges": list(edges)}:
            for nth, edge in enumerate(edges):
                yield from _nodes((edge or {}).get("node"), (*place, "edges", nth, "node"))
        case list():
            for nth, each in enumerate(value):
                yield from _nodes(each, (*place, nth))
        case None:
            return
        case _:
            yield place, value


def _in_list(path: Path, vendor: Any, kind: Any, nth: Any, *below: str | int) -> tuple[Path, int | None]:
    said = yamlfile.read(path)["objects"][vendor][kind]
    file = path.parent / said if isinstance(said, str) else path
    if file.stat().st_size > _READABLE:
        return file, None
    captured = json.loads(file.read_bytes()) if isinstance(said, str) else said
    before, _ = list(_objects(captured, kind, ()))[nth]
    around: Place = () if isinstance(said, str) else ("objects", vendor, kind)
    return file, Lines(file).of((*around, *before, *below))
