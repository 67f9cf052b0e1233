"""Items by the addresses of their posts."""

from typing import Any, Final

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import hold_length
from emulator.vendors.archive.workspace.posts import addresses, posts
from emulator.vendors.archive.workspace.posts.addresses import Place
from emulator.vendors.archive.workspace.terms import limit

_LEAST: Final = 1


def item_ids_by_url(workspace: Workspace, urls: list[str]) -> list[dict[str, Any]]:
    """One result for each address, in their order. Raises GraphQLError for too many, and for none."""
    hold_length("urls", urls, limit("max_urls"), _LEAST)
    looked_for = [_place(url) for url in urls]
    known = posts.items_at(workspace, [each for each in looked_for if isinstance(each, Place)])
    return [_result(url, each, known) for url, each in zip(urls, looked_for, strict=True)]


def _place(url: str) -> Place | str:
    """What to look for, or the status where there is nothing to look for."""
    try:
        return addresses.place(url) or "NOT_FOUND"
    except addresses.Unusable:
        return "INVALID_URL"


def _result(url: str, found: Place | str, known: dict[Place, str]) -> dict[str, Any]:
    if isinstance(found, str):
        return {"url": url, "status": found, "itemId": None}
    item = known.get(found)
    return {"url": url, "status": "FOUND" if item else "NOT_FOUND", "itemId": item}
