"""A REST API: contract and handlers, made into answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from emulator import limits
from emulator.contract.binder import Bound
from emulator.contract.parameter import Given, Place
from emulator.contract.routes import Routes, allowed
from emulator.exchange import Answer, Numbering
from emulator.http import Request, Response
from emulator.refusal import MethodNotAllowed, NoSuchPath, Refusal, Unauthenticated
from emulator.request_rate import OFF, RequestRate
from emulator.world import ids
from emulator.world.record import Record
from emulator.world.world import World
from emulator.world.worlds import Worlds


class Dialect(Protocol):
    """How a vendor authenticates, and what it says when it refuses."""

    def credential(self, request: Request) -> str:
        """The credential as `Vendor.key` writes it. Raises Unauthenticated if there is none of the right form."""

    def refused(self, refusal: Refusal, request_id: str) -> Response:
        """The vendor's status, headers and body for a refusal, its own exceptions included."""

    def headers(self, request_id: str) -> tuple[tuple[str, str], ...]:
        """What every successful answer carries."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a request's path and method lead to: no methods for an unknown path, no `bound` for an unknown method."""

    methods: Sequence[str]
    path: Mapping[str, Sequence[str]]
    bound: Bound | None

    @property
    def writes(self) -> bool:
        return self.bound is not None and self.bound.operation.writes

    def target(self) -> Bound:
        """Raises NoSuchPath, MethodNotAllowed."""
        if not self.methods:
            raise NoSuchPath
        if self.bound is None:
            raise MethodNotAllowed(self.methods)
        return self.bound

    def arguments(self, request: Request) -> dict[str, Any]:
        """Raises what `target` and `Operation.arguments` raise."""
        given: dict[Place, Given] = {"path": self.path, "query": request.query_fields(), "header": request.headers}
        return self.target().operation.arguments(given, request.body, request.header("content-type"))


def match(routes: Routes[Bound], request: Request) -> Match:
    """HEAD is answered like GET; the server leaves the body out."""
    try:
        methods, path = routes.find(request.path)
    except NoSuchPath:
        return Match((), {}, None)
    method = "GET" if request.method == "HEAD" else request.method
    return Match(allowed(methods), path, methods.get(method))


def options(found: Match) -> Response:
    return Response(204, b"", (("allow", ", ".join(found.methods)),))


def encoded(result: Any) -> bytes:
    """Bytes are finished JSON, spliced together from stored bodies."""
    return result if isinstance(result, bytes) else orjson.dumps(result)


class RestApi:
    """Answers requests to one vendor from the state of the world that their credential selects.

    `rate` limits all requests to a world together, if the vendor has such a limit.
    """

    def __init__(
        self,
        name: str,
        routes: Routes[Bound],
        dialect: Dialect,
        worlds: Worlds,
        count: Numbering,
        rate: RequestRate | None = None,
    ) -> None:
        self.name = name
        self._routes = routes
        self._dialect = dialect
        self._worlds = worlds
        self._count = count
        self._rate = rate

    def answer(self, request: Request) -> Answer:
        """Raises Behind."""
        found = match(self._routes, request)
        if request.method == "OPTIONS" and found.methods:
            return Answer(options(found))
        operation = found.bound.operation.id if found.bound else None
        record, at, request_id, stirred = None, 0, None, False
        try:
            credential = self._dialect.credential(request)
            with self._worlds.transaction(write=found.writes) as transaction:
                world = self._worlds.enter(transaction, self.name, credential)
                if world is None:
                    raise Unauthenticated
                record, at, request_id = world.record, world.now, self._request_id(world.record)
                world.request_id = request_id
                self._limit(world)
                response = self._perform(world, found, request, request_id)
                world.save()
                stirred = found.writes and world.stirred
        except Refusal as refusal:
            response = self._dialect.refused(refusal, request_id or self._request_id(None))
        return Answer(response, operation, record, at, stirred)

    def refuse(self, refusal: Refusal, path: str) -> Answer:  # noqa: ARG002 - all paths are refused alike
        return Answer(self._dialect.refused(refusal, self._request_id(None)))

    def _limit(self, world: World) -> None:
        allowed = world.record.limits.get(self.name, OFF)
        if self._rate is not None and isinstance(allowed, int):
            self._rate.enforce(world, allowed)

    def _perform(self, world: World, found: Match, request: Request, request_id: str) -> Response:
        arguments = found.arguments(request)
        bound = found.target()
        if bound.operation.limits:
            limits.enforce(world, self.name, bound.operation, arguments)
        result = bound.handler(world, **arguments)
        return Response(bound.operation.status, encoded(result), self._dialect.headers(request_id))

    def _request_id(self, record: Record | None) -> str:
        """The n-th request to a world has the same id in every run; strangers have a count of their own."""
        return ids.uuid(-1 if record is None else record.seed, "request", self._count.next(record))
