"""How Archive authenticates and answers around GraphQL (facts/archive-v1.md, sections 1 and 10)."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from emulator import refusal
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.vendors.archive import tables
from emulator.vendors.archive.parameters import query
from emulator.world import ids
from emulator.world.store import Statement
from emulator.world.world import World, own

__all__ = ["context", "credential", "query", "refused"]  # what GraphQLApi asks of it

_SHOPS = Statement(select(tables.shops.c.id).where(own(tables.shops)).order_by(tables.shops.c.id))


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
    return {"token": key(world.name), "shop_ids": _shop_ids(world)}


def credential(request: Request) -> str:
    scheme, _, token = request.header("authorization").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise refusal.Unauthenticated
    return token.strip()


def context(world: World, request: Request) -> Shop:
    """`SHOP-ID` may be left out if the token covers one shop (documented). 404 for a shop that it does not cover."""
    covered, asked = _shop_ids(world), request.header("shop-id").strip()
    chosen = [shop for shop in covered if not asked or str(shop) == asked]
    if len(chosen) != 1:
        raise ArchiveError(404, "Shop not found")
    return Shop(world, chosen[0])


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


def _shop_ids(world: World) -> list[int]:
    return [row[0] for row in world.rows(_SHOPS)]
