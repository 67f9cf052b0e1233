"""The values of variables, held against their types (facts/archive-v1.md, 10.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLScalarType

from emulator.vendors.archive.ruby.limits import MAX_NESTING, MAX_PROBLEMS
from emulator.vendors.archive.ruby.nodes import Operation, VariableDefinition
from emulator.vendors.archive.ruby.printer import serialized
from emulator.vendors.archive.ruby.scalars import Coercion, Uncoercible, coercion
from emulator.vendors.archive.ruby.syntax import TOO_LARGE
from emulator.vendors.archive.ruby.types import Types, nullable
from emulator.vendors.archive.ruby.version import Version

Path = tuple[str | int, ...]
Problem = dict[str, Any]


class Variables:
    def __init__(self, types: Types, version: Version, scalars: Mapping[str, Coercion]) -> None:
        self._types = types
        self._version = version
        self._scalars = scalars

    def read(self, operation: Operation, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The values as they were sent, or the literals of the defaults; and errors as the answer shows them."""
        values: dict[str, Any] = {}
        errors: list[dict[str, Any]] = []
        for each in operation.variables:
            sent = given.get(each.name)
            kind = self._types.of_node(each.type)
            missing = each.name not in given and each.default is not None
            if _is_deeper(sent, MAX_NESTING):
                return {}, [{"message": TOO_LARGE}]
            if problems := [] if missing else self._first(self._problems(sent, kind, ())):
                errors.append(_error(each, kind, sent, problems))
            elif each.name in given:
                values[each.name] = sent
            elif missing:
                values[each.name] = each.default
        return values, errors

    def _first(self, problems: Iterator[Problem]) -> list[Problem]:
        return [problem for problem, _ in zip(problems, range(MAX_PROBLEMS), strict=False)]

    def _problems(self, value: Any, type: Any, path: Path) -> Iterator[Problem]:
        if value is not None:
            yield from self._problems_of(value, nullable(type), path)
        elif isinstance(type, GraphQLNonNull):
            yield _problem(path, "Expected value to not be null")

    def _problems_of(self, value: Any, type: Any, path: Path) -> Iterator[Problem]:
        match type:
            case GraphQLList():
                for place, item in enumerate(value if isinstance(value, list) else [value]):
                    yield from self._problems(item, type.of_type, (*path, place))
            case GraphQLScalarType():
                yield from self._scalar(value, type.name, path)
            case GraphQLEnumType() if not (isinstance(value, str) and value in type.values):
                yield _problem(path, f"Expected {serialized(value)} to be one of: {', '.join(type.values)}")
            case GraphQLInputObjectType():
                yield from self._object(value, type, path)

    def _scalar(self, value: Any, name: str, path: Path) -> Iterator[Problem]:
        try:
            coerced = (self._scalars.get(name) or coercion(name))(value)
        except Uncoercible as refused:
            yield _problem(path, str(refused))
            return
        if coerced is None:
            yield _problem(path, f"Could not coerce value {serialized(value)} to {name}")

    def _object(self, value: Any, type: GraphQLInputObjectType, path: Path) -> Iterator[Problem]:
        if not isinstance(value, dict):
            ruby = " responding to `to_h` or `to_unsafe_h`" if self._version.long_object_problem else ""
            yield _problem(path, f"Expected {serialized(value, quoted=True)} to be a key-value object{ruby}.")
            return
        required = [name for name, field in type.fields.items() if isinstance(field.type, GraphQLNonNull)]
        for name, each in [*value.items(), *((name, None) for name in required if name not in value)]:
            if name in type.fields:
                yield from self._problems(each, type.fields[name].type, (*path, name))
            else:
                yield _problem((*path, name), f"Field is not defined on {type.name}")


def _is_deeper(value: Any, levels: int) -> bool:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(each, levels - 1) for each in below)


def _problem(path: Path, explanation: str) -> Problem:
    return {"path": list(path), "explanation": explanation}


def _error(node: VariableDefinition, type: Any, value: Any, problems: list[Problem]) -> dict[str, Any]:
    message = f"Variable ${node.name} of type {type} was provided invalid value"
    nested = [f"{'.'.join(map(str, each['path']))} ({each['explanation']})" for each in problems if each["path"]]
    if nested:
        message += f" for {', '.join(nested)}"
    at = [{"line": node.line, "column": node.column}]
    return {"message": message, "locations": at, "extensions": {"value": value, "problems": problems}}
