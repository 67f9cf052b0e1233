"""How Archive authenticates and answers around GraphQL, in both versions (facts/archive-v1.md, section 1; -v2, 2)."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from emulator import refusal
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.vendors.archive import tables
from emulator.world import ids
from emulator.world.store import Statement
from emulator.world.world import World, own

_SHOPS = Statement(select(tables.shops.c.id, tables.shops.c.uuid).where(own(tables.shops)).order_by(tables.shops.c.id))


@dataclass(frozen=True, slots=True)
class Shop:
    """What the root resolvers work on: one shop of a world."""

    world: World
    id: int


class ArchiveError(Refusal):
    """An answer outside of GraphQL: `errors` is then a plain string (documented for v2, assumed for v1)."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = tuple(headers.items())


def key(world: str) -> str:
    """The bearer token, in the form of the documented sample."""
    return f"arch_live_{ids.hexadecimal(0, 'archive token', world, digits=32)}"


def secrets(world: str) -> tuple[str, ...]:
    return (key(world),)


def credentials(world: World) -> dict[str, Any]:
    found = shops(world)
    return {"token": key(world.name), "shop_ids": list(found.values()), "workspace_ids": list(found)}


def credential(request: Request) -> str:
    scheme, _, token = request.header("authorization").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise refusal.Unauthenticated
    return token.strip()


def refused(cause: Refusal) -> Response:
    error = cause if isinstance(cause, ArchiveError) else _outside(cause)
    body = orjson.dumps({"errors": str(error)})
    return Response(error.status, body, (("content-type", "application/json"), *error.headers))


def _outside(cause: Refusal) -> ArchiveError:
    match cause:
        case refusal.Unauthenticated():
            return ArchiveError(401, "Missing or invalid authentication token")
        case refusal.NoSuchPath():
            return ArchiveError(404, "Not found")
        case refusal.MethodNotAllowed():
            return ArchiveError(405, "Method not allowed", allow=cause.allow)
        case refusal.Broken():
            return ArchiveError(500, "Internal server error")
        case refusal.TooLarge():
            return ArchiveError(413, "Request entity too large")
        case _:
            return ArchiveError(400, f"Bad request: {cause}")


def shops(world: World) -> dict[str, int]:
    """What the world's token covers: ids of workspaces, as version 2 calls shops, and their numbers in version 1."""
    return {uuid: number for number, uuid in world.rows(_SHOPS)}
