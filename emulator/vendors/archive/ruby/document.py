"""A text as graphql-ruby treats it: read, validated, one of its operations chosen, its variables read, executed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson
from graphql import GraphQLSchema

from emulator.graphql import Asked
from emulator.http import Response
from emulator.vendors.archive.ruby.coercion import Coercer, Values, plain
from emulator.vendors.archive.ruby.execution import Executor, Run
from emulator.vendors.archive.ruby.limits import MAX_COMPLEXITY, MAX_DEPTH
from emulator.vendors.archive.ruby.nodes import Definition, Directive, Field, Fragment, Operation, Variable
from emulator.vendors.archive.ruby.parser import parse
from emulator.vendors.archive.ruby.plan import Decide, Planner
from emulator.vendors.archive.ruby.scalars import Coercion
from emulator.vendors.archive.ruby.syntax import TOO_LARGE, Unreadable
from emulator.vendors.archive.ruby.types import Types
from emulator.vendors.archive.ruby.validation import validate
from emulator.vendors.archive.ruby.variables import Variables
from emulator.vendors.archive.ruby.version import Version
from emulator.vendors.archive.ruby.weighing import Complexity, Depth, TooDeep

Errors = list[dict[str, Any]]

_WAYS = 16  # in which the conditions of a document are decided, kept at a time


class Library:
    """A release of graphql-ruby with a schema. `scalars` are those that the library does not know.

    `max_depth` is how far fields may be within one another.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        version: Version,
        *,
        introspection: bool = True,
        scalars: Mapping[str, Coercion] | None = None,
        max_depth: int = MAX_DEPTH,
    ) -> None:
        self.version = version
        self.max_depth = max_depth
        self.types = Types(schema, version, introspection=introspection)
        self.scalars = dict(scalars or {})
        self.coercer = Coercer(self.scalars)
        self.variables = Variables(self.types, version, self.scalars)

    def document(self, text: str | None) -> "Document":
        return Document(self, text)

    def answer(self, errors: Errors, **data: Any) -> Response:
        """Always HTTP 200."""
        shown = {"errors": errors} if errors else {}
        return Response(200, orjson.dumps({**shown, **data} if self.version.errors_first else {**data, **shown}))


class Document:
    """Everything that does not depend on variables is found out once."""

    def __init__(self, library: Library, text: str | None) -> None:
        self._library = library
        self._unreadable: Errors = []
        self._definitions: list[Definition] = []
        try:
            if text is None:
                self._unreadable = [{"message": "No query string was present"}]
            else:
                self._definitions = parse(text, library.version.grammar)
        except Unreadable as error:
            self._unreadable = [error.shown()]
        self._fragments = {each.name: each for each in self._definitions if isinstance(each, Fragment)}
        self._operations = {each.name: each for each in self._definitions if isinstance(each, Operation)}
        self._executors: dict[tuple[Any, ...], tuple[Planner, Executor]] = {}

    def call(self, name: str | None, variables: Mapping[str, Any]) -> "Call":
        operation = self._chosen(name)
        if self._unreadable or (operation is None and self._operations):
            text = "An operation name is required" if name is None else f'No operation named "{name}"'
            return Call(self._library, self._unreadable or [{"message": text}])
        if self._errors or operation is None:
            return Call(self._library, self._errors)
        values, errors = self._library.variables.read(operation, variables)
        if errors:
            return Call(self._library, errors)
        planner, executor = self._executor(values)
        if errors := self._too_much(operation, planner, values):
            return Call(self._library, errors)
        return Call(self._library, [], operation, planner, executor, values)

    def _chosen(self, name: str | None) -> Operation | None:
        if name is None and len(self._operations) == 1:
            return next(iter(self._operations.values()))
        return self._operations.get(name)

    @cached_property
    def _errors(self) -> Errors:
        library = self._library
        return validate(library.types, library.version, library.scalars, self._definitions)

    def _too_much(self, operation: Operation, planner: Planner, values: Values) -> Errors:
        if self._depth is None:
            return [{"message": TOO_LARGE}]
        if self._depth > (limit := self._library.max_depth):
            return [{"message": f"Query has depth of {self._depth}, which exceeds max depth of {limit}"}]
        root = self._library.types.root_of_valid(operation.kind)
        found = Complexity(planner, values).of(operation.selections, root)
        if found > MAX_COMPLEXITY:
            text = f"Query has complexity of {found}, which exceeds max complexity of {MAX_COMPLEXITY}"
            return [{"message": text}]
        return []

    @cached_property
    def _depth(self) -> int | None:
        """None if it is out of all proportion."""
        measure = Depth(self._fragments)
        try:
            return max((measure.of(each.selections) for each in self._operations.values()), default=0)
        except TooDeep:
            return None

    def _executor(self, values: Values) -> tuple[Planner, Executor]:
        """One for each way in which the variables decide the conditions."""
        way = tuple(value if isinstance(value := values.get(name), bool) else None for name in self._conditions)
        if way not in self._executors:
            planner = Planner(self._library.types, self._fragments, self._library.coercer, _decision(values))
            while len(self._executors) >= _WAYS:
                del self._executors[next(iter(self._executors))]
            self._executors[way] = planner, Executor(planner)
        return self._executors[way]

    @cached_property
    def _conditions(self) -> list[str]:
        """The variables that say whether something is included."""
        return sorted({name for each in self._definitions for name in _deciding(each)})


class Call:
    """An operation with the values of its variables, or the errors that speak against it."""

    def __init__(
        self,
        library: Library,
        errors: Errors,
        operation: Operation | None = None,
        planner: Planner | None = None,
        executor: Executor | None = None,
        values: Values | None = None,
    ) -> None:
        self._library = library
        self._errors = errors
        self._operation = operation
        self._planner = planner
        self._executor = executor
        self._values = values or {}

    @property
    def writes(self) -> bool:
        return self._operation is not None and self._operation.kind == "mutation"

    @property
    def root_field(self) -> str | None:
        """The first one, as a name for what was asked."""
        selections = self._operation.selections if self._operation else ()
        return next((each.name for each in selections if isinstance(each, Field)), None)

    def asked(self) -> list[Asked]:
        if self._operation is None or self._planner is None:
            return []
        root = self._library.types.root_of_valid(self._operation.kind)
        steps = self._planner.plan(self._operation.selections, root)
        return [
            Asked(step.name, self._planner.arguments(step, self._values)[0], frozenset(self._planner.below(step)))
            for step in steps
        ]

    def run(self, context: Any) -> Response:
        if self._operation is None or self._executor is None:
            return self._library.answer(self._errors)
        types = self._library.types
        run = Run(context, self._values, types.schema, self._library.version)
        root = types.root_of_valid(self._operation.kind)
        data = self._executor.run(self._operation.selections, root, run)
        return self._library.answer(run.errors, data=data)


def _deciding(node: Any) -> list[str]:
    names = [
        argument.value.name
        for directive in getattr(node, "directives", ())
        for argument in directive.arguments
        if isinstance(argument.value, Variable)
    ]
    return names + [name for each in getattr(node, "selections", ()) for name in _deciding(each)]


def _decision(values: Values) -> Decide:
    """Only a value of its own leaves something out: null does not."""

    def decide(directive: Directive) -> bool:
        [value] = [plain(each.value, values) for each in directive.arguments if each.name == "if"] or [None]
        return value is not {"skip": True, "include": False}.get(directive.name, _NOTHING)

    return decide


_NOTHING = object()
