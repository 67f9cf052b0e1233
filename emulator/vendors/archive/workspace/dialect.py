"""What version 2 asks of a request besides the query, and how it answers outside of GraphQL (facts, 1 to 4).

The checks come in the order token, workspace, rate, GraphQL (assumed).
"""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import orjson

from emulator.graphql import Call, Query
from emulator.http import Request, Response
from emulator.refusal import Broken, RateLimited, Refusal
from emulator.vendors.archive import dialect, parameters
from emulator.vendors.archive.dialect import ArchiveError
from emulator.vendors.archive.workspace import budget
from emulator.vendors.archive.workspace.budget import Budget
from emulator.vendors.archive.workspace.context import VENDOR, Workspace, settings_of
from emulator.vendors.archive.workspace.terms import Plan, defaults, plan
from emulator.world import instant
from emulator.world.world import World

OFF = "off"

Variant = tuple[bool, str]  # whether names are suggested, and the shape of UserError.field


def variant_of(settings: Mapping[str, Any]) -> Variant:
    return settings["did_you_mean"], settings["user_error_field"]


class TooMany(ArchiveError):
    """A limit is reached; `errors` is a list here."""

    def __init__(self, wait: int, status: int, headers: tuple[tuple[str, str], ...]) -> None:
        tenths = max(1, math.ceil(wait * 10 / instant.SECOND))
        super().__init__(status, f"Rate limit exceeded. Retry after {tenths / 10} seconds.")
        self.headers = (("retry-after", str(math.ceil(tenths / 10))), *headers)


class WorkspaceDialect:
    def __init__(self) -> None:
        self._budget = Budget()

    def credential(self, request: Request) -> str:
        """Raises Unauthenticated."""
        return dialect.credential(request)

    def query(self, request: Request) -> Query:
        """Raises Malformed."""
        return parameters.query(request)

    def variant(self, world: World) -> Hashable:
        settings = settings_of(world)
        chosen = variant_of(settings)
        return None if chosen == variant_of(defaults()) else chosen

    def context(self, world: World, request: Request, call: Call) -> Workspace:
        """Raises ArchiveError for a workspace that the token does not cover, and TooMany."""
        settings = settings_of(world)
        asked = call.asked()
        free = bool(asked) and all(each.name == "workspaces" for each in asked)
        uuid, number = ("", 0) if free else _chosen(world, request, settings)
        terms, counted = plan(settings["plan"]), world.record.limits.get(VENDOR, OFF) != OFF
        price = budget.cost(asked, writes=call.writes) if settings["rate_budget"] else None
        try:
            left = self._budget.spend(world, number, terms, price) if counted else terms.burst
        except RateLimited as limited:
            shown = _headers(world, terms, self._budget.left(world, number, terms), settings)
            raise TooMany(limited.wait, _status(settings, 429), shown) from None
        return Workspace(world, number, uuid, settings, _headers(world, terms, left, settings))

    def headers(self, context: Any) -> tuple[tuple[str, str], ...]:
        rate: tuple[tuple[str, str], ...] = context.rate
        return rate

    def refused(self, cause: Refusal) -> Response:
        match cause:
            case TooMany():
                return _listed(cause.status, str(cause), "RATE_LIMIT_EXCEEDED", *cause.headers)
            case Broken():
                return _listed(500, "Internal server error", "INTERNAL_SERVER_ERROR")
        return dialect.refused(cause)


def _listed(status: int, message: str, code: str, *headers: tuple[str, str]) -> Response:
    """Errors in a list; the text and the code of a server's fault are assumed."""
    body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    return Response(status, body, (("content-type", "application/json"), *headers))


def _chosen(world: World, request: Request, settings: dict[str, Any]) -> tuple[str, int]:
    """UUIDs only: the number that the app shows is not accepted (documented)."""
    uuid = request.header("workspace-id").strip()
    covered = dialect.shops(world)
    if uuid not in covered:
        raise ArchiveError(_status(settings, 404), "Shop not found")
    return uuid, covered[uuid]


def _status(settings: dict[str, Any], status: int) -> int:
    return 200 if settings["statuses"] == "always_200" else status


def _headers(world: World, terms: Plan, left: float, settings: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Without the budget there is nothing to tell."""
    return budget.headers(world, terms, left) if settings["rate_budget"] else ()
