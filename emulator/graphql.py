"""A GraphQL API: SDL and resolvers, made into answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from inspect import signature
from pathlib import Path
from typing import Any, Final, Protocol

from ariadne import ObjectType, make_executable_schema
from graphql import GraphQLError, GraphQLSchema

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


class Call(Protocol):
    """An operation that was chosen, with its variables, or what speaks against it."""

    @property
    def writes(self) -> bool: ...

    @property
    def root_field(self) -> str | None:
        """The first field that is asked for, as a name for the exchange."""

    def run(self, context: Any) -> Response: ...


class Document(Protocol):
    """A text that was read and validated."""

    def call(self, name: str | None, variables: Mapping[str, Any]) -> Call:
        """Of the operation of this name; without one, of the only one."""


class Dialect(Protocol):
    """How a vendor authenticates, reads a request, and answers outside of GraphQL."""

    def credential(self, request: Request) -> str:
        """Raises Unauthenticated."""

    def context(self, world: World, request: Request) -> Any:
        """What the root resolvers work on. Raises a Refusal of the vendor's own."""

    def query(self, request: Request) -> Query:
        """Raises Malformed."""

    def refused(self, refusal: Refusal) -> Response: ...


def executable(file: Path, resolvers: Mapping[str, Mapping[str, Resolver]]) -> GraphQLSchema:
    """The schema of an SDL file, its root fields bound to functions of the same name in snake case.

    `resolvers` are by root type: `{"Query": {"media_items": ...}}`; each takes the context, and the arguments of the
    field in snake case. Raises ContractError for a root field without resolver, a resolver without field, and
    arguments that differ.
    """
    sdl = file.read_text()
    try:
        bare = make_executable_schema(sdl)
        roots = {root.name for root in (bare.query_type, bare.mutation_type, bare.subscription_type) if root}
        bindables = (_bound(bare, name, resolvers.get(name, {})) for name in sorted(roots | set(resolvers)))
        return make_executable_schema(sdl, *bindables)
    except (GraphQLError, TypeError, ValueError) as error:
        raise ContractError(f"{file.name}: {' '.join(str(error).split())}") from None


def _bound(schema: GraphQLSchema, type_name: str, functions: Mapping[str, Resolver]) -> ObjectType:
    root = schema.type_map.get(type_name)
    fields = {argument_name(name): name for name in getattr(root, "fields", {})}
    if missing := fields.keys() - functions.keys():
        raise ContractError(f"{type_name}: field {', '.join(sorted(missing))} has no resolver")
    if unknown := functions.keys() - fields.keys():
        raise ContractError(f"{type_name}: resolver {', '.join(sorted(unknown))} has no field in the contract")
    bound = ObjectType(type_name)
    for name, function in functions.items():
        promised = {argument_name(argument) for argument in getattr(root, "fields", {})[fields[name]].args}
        if differing := promised ^ set(list(signature(function).parameters)[1:]):
            raise ContractError(f"{type_name}: {name}: argument {', '.join(sorted(differing))} is not in both")
        bound.set_field(fields[name], _adapted(function))
    return bound


def _adapted(function: Resolver) -> Resolver:
    """A resolver as graphql-core calls it, for a function of the context and the arguments in snake case."""

    def resolve(_root: object, info: Any, **arguments: Any) -> Any:
        return function(info.context, **{_argument(name): value for name, value in arguments.items()})

    return resolve


_argument = cache(argument_name)


class GraphQLApi:
    """Answers documents from the state of the world that their credential selects. `read` is called once per text."""

    def __init__(
        self,
        name: str,
        path: str,
        read: Callable[[str | None], Document],
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
            call = self._document(query.text).call(query.operation_name, query.variables)
            with self._worlds.transaction(write=call.writes) as transaction:
                world = self._worlds.enter(transaction, self.name, credential)
                if world is None:
                    raise Unauthenticated
                ask(world.record, self.name, call.root_field, request)
                record, at, root_field = world.record, world.now, call.root_field
                self._count.next(record)
                obey(request)
                response = call.run(self._dialect.context(world, request))
                world.save()
                stirred = call.writes and world.stirred
        except Commanded as command:
            response = command.answer.response(_JSON, "")
        except Refusal as refusal:
            response = self._dialect.refused(refusal)
        return Answer(response, root_field, record, at, stirred)

    def refuse(self, refusal: Refusal) -> Answer:
        return Answer(self._dialect.refused(refusal))

    def _check_place(self, request: Request) -> None:
        if request.path != self._path:
            raise NoSuchPath
        if request.method != "POST":
            raise MethodNotAllowed(["OPTIONS", "POST"])
