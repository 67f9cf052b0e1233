"""The items of a workspace, and how their engagement grew."""

from typing import Any

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items import histories
from emulator.vendors.archive.workspace.items import pages as item_pages
from emulator.vendors.archive.workspace.items.pages import Question


def items(
    workspace: Workspace,
    after: str | None = None,
    custom_attribute_conditions: list[dict[str, Any]] | None = None,
    filter: dict[str, Any] | None = None,
    first: int | None = None,
    preset_id: str | None = None,
    sorting: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What is stored under `preset_id` takes the place of the other arguments (reported)."""
    if preset_id is not None:
        question = item_pages.stored(workspace, preset_id)
    else:
        question = Question(filter or {}, custom_attribute_conditions or [], sorting or [])
    return item_pages.page(workspace, question, first, after)


def engagement_history(
    workspace: Workspace,
    item_id: str,
    after: str | None = None,
    filter: dict[str, Any] | None = None,
    first: int | None = None,
) -> dict[str, Any]:
    """Newest first (reported); an unknown item has none (assumed)."""
    return histories.page(workspace, item_id, (filter or {}).get("capturedAt") or {}, first, after)
