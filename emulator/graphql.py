"""A GraphQL API: SDL and resolvers, made into answers."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from inspect import signature
from typing import Any, Final, Protocol

from ariadne import ObjectType, make_executable_schema
from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema

from emulator.contract.document import ContractError
from emulator.contract.parameter import argument_name
from emulator.exchange import Answer, Numbering
from emulator.faults.fault import Commanded, ask, obey
from emulator.http import Request, Response
from emulator.refusal import MethodNotAllowed, NoSuchPath, Refusal, Unauthenticated
from emulator.world.world import World
from emulator.world.worlds import Worlds

Resolver = Callable[..., Any]

_JSON: Final = (("content-type", "application/json"),)


@dataclass(frozen=True, slots=True)
class Query:
    """What a client asks: a text, if there is one, its variables, and which of its operations."""

    text: str | None
    variables: dict[str, Any]
    operation_name: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A root field with the values of its arguments, and the names of all fields that are selected below it."""

    name: str
    arguments: Mapping[str, Any]
    below: frozenset[str]


class Call(Protocol):
    """An operation that was chosen, with its variables, or what speaks against it."""

    @property
    def writes(self) -> bool: ...

    @property
    def root_field(self) -> str | None:
        """The first field that is asked for, as a name for the exchange."""

    def asked(self) -> Sequence[Asked]:
        """What will be executed; nothing if something speaks against it."""

    def run(self, context: Any) -> Response: ...


class Document(Protocol):
    """A text that was read and validated."""

    def call(self, name: str | None, variables: Mapping[str, Any]) -> Call:
        """Of the operation of this name; without one, of the only one."""


class Dialect(Protocol):
    """How a vendor authenticates, reads a request, and answers outside of GraphQL."""

    def credential(self, request: Request) -> str:
        """Raises Unauthenticated."""

    def context(self, world: World, request: Request, call: Call) -> Any:
        """What the root resolvers work on. Raises a Refusal of the vendor's own."""

    def variant(self, world: World) -> Hashable:
        """What else than the text decides in this world how a document is read; None where nothing does."""

    def headers(self, context: Any) -> tuple[tuple[str, str], ...]:
        """What an answer carries besides its body."""

    def query(self, request: Request) -> Query:
        """Raises Malformed."""

    def refused(self, refusal: Refusal) -> Response: ...


def executable(name: str, sdl: str, resolvers: Mapping[str, Resolver]) -> GraphQLSchema:
    """The schema of an SDL, called `name` in errors, its root fields bound to functions of the same name in snake case.

    Each takes the context, and the arguments of the field in snake case. Raises ContractError for a root field without
    resolver, a resolver without field, and arguments that differ.
    """
    try:
        schema = make_executable_schema(sdl)
        roots = [root for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root]
        known = {argument_name(name) for root in roots for name in root.fields}
        if unknown := resolvers.keys() - known:
            raise ContractError(f"{name}: resolver {', '.join(sorted(unknown))} has no field in the contract")
        for root in roots:
            _bound(root, resolvers).bind_to_schema(schema)
    except (GraphQLError, TypeError, ValueError) as error:
        raise ContractError(f"{name}: {' '.join(str(error).split())}") from None
    return schema


def _bound(root: GraphQLObjectType, resolvers: Mapping[str, Resolver]) -> ObjectType:
    fields = {argument_name(name): name for name in root.fields}
    if missing := fields.keys() - resolvers.keys():
        raise ContractError(f"{root.name}: field {', '.join(sorted(missing))} has no resolver")
    bound = ObjectType(root.name)
    for name, field in fields.items():
        promised = {argument_name(argument) for argument in root.fields[field].args}
        if differing := promised ^ set(list(signature(resolvers[name]).parameters)[1:]):
            raise ContractError(f"{root.name}: {name}: argument {', '.join(sorted(differing))} is not in both")
        bound.set_field(field, _adapted(resolvers[name]))
    return bound


def _adapted(function: Resolver) -> Resolver:
    """A resolver as graphql-core calls it, for a function of the context and the arguments in snake case."""

    def resolve(_root: object, info: Any, **arguments: Any) -> Any:
        return function(info.context, **{_argument(name): value for name, value in arguments.items()})

    return resolve


_argument = cache(argument_name)


class GraphQLApi:
    """Answers documents from the state of the world that their credential selects.

    `read` is called once per text and variant.
    """

    def __init__(
        self,
        name: str,
        path: str,
        read: Callable[[str | None, Any], Document],
        dialect: Dialect,
        worlds: Worlds,
        count: Numbering,
    ) -> None:
        self.name = name
        self._path = path
        self._document = lru_cache(maxsize=256)(read)
        self._dialect = dialect
        self._worlds = worlds
        self._count = count

    def answer(self, request: Request) -> Answer:
        """Raises Behind, Beset."""
        if request.method == "OPTIONS" and request.path == self._path:
            return Answer(Response(204, b"", (("allow", "OPTIONS, POST"),)))
        record, at, root_field, stirred = None, 0, None, False
        try:
            self._check_place(request)
            credential = self._dialect.credential(request)
            query = self._dialect.query(request)
            call = self._call(query, None)
            with self._worlds.transaction(write=call.writes) as transaction:
                world = self._worlds.enter(transaction, self.name, credential)
                if world is None:
                    raise Unauthenticated
                ask(world.record, self.name, call.root_field, request)
                variant = self._dialect.variant(world)
                call = call if variant is None else self._call(query, variant)
                record, at, root_field = world.record, world.now, call.root_field
                self._count.next(record)
                obey(request)
                context = self._dialect.context(world, request, call)
                response = call.run(context)
                world.save()
                if headers := self._dialect.headers(context):
                    response = replace(response, headers=(*response.headers, *headers))
                stirred = call.writes and world.stirred
        except Commanded as command:
            response = command.answer.response(_JSON, "")
        except Refusal as refusal:
            response = self._dialect.refused(refusal)
        return Answer(response, root_field, record, at, stirred)

    def refuse(self, refusal: Refusal, path: str) -> Answer:  # noqa: ARG002 - all paths are refused alike
        return Answer(self._dialect.refused(refusal))

    def _call(self, query: Query, variant: Hashable) -> Call:
        return self._document(query.text, variant).call(query.operation_name, query.variables)

    def _check_place(self, request: Request) -> None:
        if request.path != self._path:
            raise NoSuchPath
        if request.method != "POST":
            raise MethodNotAllowed(["OPTIONS", "POST"])
