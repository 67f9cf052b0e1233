"""The execution of a plan over the dictionaries that resolvers give (facts/archive-v1.md, 10.4).

A document is turned into functions once, and these are kept with it: a library that finds out anew for each value what
its field is takes several times as long.
"""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
)

from emulator.vendors.archive.ruby.coercion import Values
from emulator.vendors.archive.ruby.leaves import ORDERED, PLAIN, looked_up, nothing, scalar
from emulator.vendors.archive.ruby.nodes import Field, Selection
from emulator.vendors.archive.ruby.plan import Planner, Step
from emulator.vendors.archive.ruby.types import nullable
from emulator.vendors.archive.ruby.version import Version

Path = tuple[Any, str | int] | None  # the path of what is around, and the last part
Complete = Callable[[Any, Path, "Run"], Any]  # of a value that is not None

Row = tuple[str, str, type | None, Complete]  # key, name, the type that is taken as it is, the rest


class Nulled(Exception):
    """There is no value where one has to be; what is around becomes null."""


class Run:
    """One execution. `context` and `schema` are what resolvers are told of it."""

    __slots__ = ("context", "errors", "schema", "values", "version")

    def __init__(self, context: Any, values: Values, schema: GraphQLSchema, version: Version) -> None:
        self.context = context
        self.values = values
        self.schema = schema
        self.version = version
        self.errors: list[dict[str, Any]] = []

    def fail(self, message: str, node: Field, path: Path, extensions: dict[str, Any] | None = None) -> None:
        at = [{"line": node.line, "column": node.column}]
        error = {"message": message, "locations": at, "path": _listed(path)}
        self.errors.append({**error, "extensions": extensions} if extensions else error)

    def missing(self, step: Step, path: Path, element: Any = None) -> Nulled:
        """`element`: the type that an element of a list has to be of, if it is about one."""
        place = f"{step.owner.name}.{step.name}"
        message = f"Cannot return null for non-nullable field {place}"
        if element is not None and self.version.names_elements:
            message = f"Cannot return null for non-nullable element of type '{element}' for {place}"
        if self.version.located_nulls:
            self.fail(message, step.node, path)
        else:
            self.errors.append({"message": message})
        return Nulled()


class Executor:
    """Of one document whose conditions are decided."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._roots: dict[int, list[Row]] = {}

    def run(self, selections: list[Selection], root: GraphQLObjectType, run: Run) -> dict[str, Any] | None:
        """A root that may not be null is null, but the rest of its fields are still asked for, as in the library."""
        if id(selections) not in self._roots:
            self._roots[id(selections)] = self._rows(selections, root)
        answer: dict[str, Any] | None = {}
        for key, _, _, value in self._roots[id(selections)]:
            try:
                found = value({}, None, run)
            except Nulled:
                answer = None
            if answer is not None:
                answer[key] = found
        return answer

    def _rows(self, selections: list[Selection], of: GraphQLObjectType) -> list[Row]:
        return [self._row(step) for step in self._planner.plan(selections, of)]

    def _object(self, selections: list[Selection], of: GraphQLObjectType) -> Complete:
        """Planned when the first such object is met: a document may name types that do not occur."""
        rows: list[Row] | None = None

        def complete(source: Any, path: Path, run: Run) -> Any:
            nonlocal rows
            if rows is None:
                rows = self._rows(selections, of)
            known = source.get if type(source) is dict else nothing
            answer = {}
            for key, name, plain, value in rows:
                found = known(name)
                answer[key] = found if plain is not None and type(found) is plain else value(source, path, run)
            return answer

        return complete

    def _row(self, step: Step) -> Row:
        """`plain` is of which Python type a value has to be to be taken over as it is."""
        bare = nullable(step.definition.type)
        kept = isinstance(bare, GraphQLScalarType) and step.definition.resolve is None
        plain = PLAIN.get(bare.name) if kept else None
        return step.key, step.name, plain, self._field(step)

    def _field(self, step: Step) -> Complete:
        key, required = step.key, step.required
        resolved, complete = self._resolved(step), self._complete(nullable(step.definition.type), step)

        def value(source: Any, around: Path, run: Run) -> Any:
            path = (around, key)
            try:
                found = resolved(source, path, run)
                if found is None:
                    if required:
                        raise run.missing(step, path)
                    return None
                return complete(found, path, run)
            except GraphQLError as error:
                run.fail(error.message, step.node, path, error.extensions)
            except Nulled:
                if required:
                    raise
            if required:
                raise Nulled
            return None

        return value

    def _resolved(self, step: Step) -> Complete:
        name, function = step.name, step.definition.resolve
        if name == "__typename":
            return lambda _source, _path, _run: step.owner.name
        if function is None:
            return looked_up(name)
        order = ORDERED.get((step.owner.name, name))

        def resolved(source: Any, path: Path, run: Run) -> Any:
            arguments, problems = self._planner.arguments(step, run.values)
            if problems:
                for problem in problems[:-1]:
                    run.fail(problem, step.node, path)
                raise GraphQLError(problems[-1])
            found = function(source, run, **arguments)
            return found if order is None or found is None else order(found, self._planner)

        return resolved

    def _complete(self, type: Any, step: Step) -> Complete:
        match type:
            case GraphQLList():
                return self._list(type.of_type, step)
            case GraphQLScalarType():
                return scalar(type)
            case GraphQLEnumType():
                names = {value.value: name for name, value in type.values.items()}
                return lambda value, _path, _run: names[value]
            case GraphQLObjectType():
                return self._object(step.below, type)
        return self._abstract(step)

    def _list(self, type: Any, step: Step) -> Complete:
        required = isinstance(type, GraphQLNonNull)
        complete = self._complete(nullable(type), step)

        def item(value: Any, path: Path, run: Run) -> Any:
            if value is None:
                if required:
                    raise run.missing(step, path, type)
                return None
            try:
                return complete(value, path, run)
            except Nulled:
                if required:
                    raise
                return None

        def completed(values: Any, path: Path, run: Run) -> Any:
            return [item(value, (path, place), run) for place, value in enumerate(values)]

        return completed

    def _abstract(self, step: Step) -> Complete:
        """An object says in `__typename` of which type it is."""
        known: dict[str, Complete] = {}

        def completed(value: Any, path: Path, run: Run) -> Any:
            name = value["__typename"]
            if name not in known:
                known[name] = self._object(step.below, self._planner.types.object(name))
            return known[name](value, path, run)

        return completed


def _listed(path: Path) -> list[str | int]:
    parts: list[str | int] = []
    while path is not None:
        path, part = path
        parts.append(part)
    return parts[::-1]
