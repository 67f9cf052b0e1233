"""Items that somebody asks for by address."""

from typing import Any

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.posts import addresses, captures, posts


def upload_item_from_url(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any] | None:
    """What the workspace has already is accepted, and does not come twice. The messages are our own (assumed)."""
    try:
        place = addresses.place(input["url"])
    except addresses.Unusable:
        return _refused(workspace, "Url is invalid")
    if place is None:
        return _refused(workspace, "Url is not supported")
    if not posts.items_at(workspace, [place]):
        found = posts.published_at(workspace.world, place)
        if found is None:
            return _refused(workspace, "Post not found")
        captures.begin(workspace, found)
    return {"success": True, "userErrors": []}


def _refused(workspace: Workspace, message: str) -> dict[str, Any]:
    return {"success": False, "userErrors": [user_error(workspace, message, "input", "url")]}
