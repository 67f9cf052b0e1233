"""Values at the ends of an answer, and the lists of an introspection in the library's order."""

from collections.abc import Callable
from typing import Any, Final

from graphql import GraphQLScalarType

from emulator.vendors.archive.ruby.plan import Planner
from emulator.vendors.archive.ruby.scalars import INTEGERS

Value = Callable[[Any, Any, Any], Any]  # of a source or a raw value, a path, and an execution

PLAIN: Final[dict[str, type]] = {"String": str, "ID": str, "Boolean": bool, "Float": float, "ISO8601DateTime": str}


def nothing(_name: str) -> None:
    return None


def looked_up(name: str) -> Value:
    """A function in the place of a value is called when the value is asked for."""

    def resolved(source: Any, _path: Any, run: Any) -> Any:
        found = source.get(name) if type(source) is dict else getattr(source, name, None)
        return found(run) if callable(found) else found

    return resolved


def scalar(type: GraphQLScalarType) -> Value:
    if type.name == "Int":
        return _integer
    if type.name == "ID":
        return lambda value, _path, _run: str(value)
    if type.name == "Float":
        return lambda value, _path, _run: float(value)
    return lambda value, _path, _run: value


def _integer(value: Any, _path: Any, _run: Any) -> int:
    if value not in INTEGERS:
        raise ValueError(f"{value} is not within 32 bits")
    number: int = value
    return number


def _by_name(found: Any, _planner: Planner) -> list[Any]:
    """Types, or fields with their names before them."""
    return sorted(found, key=lambda each: str(each[0] if isinstance(each, tuple) else each.name))


def _known_directives(found: Any, planner: Planner) -> list[Any]:
    return [each for each in found if each.name in planner.types.directives]


ORDERED: Final[dict[tuple[str, str], Callable[[Any, Planner], list[Any]]]] = {
    ("__Schema", "types"): _by_name,
    ("__Schema", "directives"): _known_directives,
    ("__Type", "fields"): _by_name,
    ("__Type", "interfaces"): _by_name,
    ("__Type", "possibleTypes"): _by_name,
}
