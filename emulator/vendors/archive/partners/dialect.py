"""What version 1 asks of a request besides the query (archive-partners-v1.txt, Authentication)."""

from typing import Any

from emulator.graphql import Call
from emulator.http import Request
from emulator.vendors.archive.dialect import ArchiveError, Shop, credential, refused, shops
from emulator.vendors.archive.parameters import query
from emulator.world.world import World

__all__ = ["context", "credential", "headers", "query", "refused", "variant"]  # what GraphQLApi asks of it


def context(world: World, request: Request, call: Call) -> Shop:  # noqa: ARG001
    """`SHOP-ID` may be left out if the token covers one shop (documented). 404 for a shop that it does not cover."""
    asked = request.header("shop-id").strip()
    chosen = [shop for shop in shops(world).values() if not asked or str(shop) == asked]
    if len(chosen) != 1:
        raise ArchiveError(404, "Shop not found")
    return Shop(world, chosen[0])


def variant(world: World) -> None:  # noqa: ARG001 - every world reads documents alike
    return None


def headers(context: Any) -> tuple[()]:  # noqa: ARG001
    return ()
