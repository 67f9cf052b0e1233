"""Files of items, and what is said in them."""

from collections.abc import Mapping
from typing import Any

from emulator.vendors.archive.workspace import veiled
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure, hold_length
from emulator.vendors.archive.workspace.media import files, transcripts
from emulator.vendors.archive.workspace.terms import limit


def media_contents(
    workspace: Workspace, competitor_brand_item_ids: list[str] | None = None, item_ids: list[str] | None = None
) -> list[dict[str, Any]]:
    """In the order of the ids; unknown ones are left out, and one given twice counts once. Raises GraphQLError."""
    name, ids = _only("mediaContents", {"itemIds": item_ids, "competitorBrandItemIds": competitor_brand_item_ids})
    hold_length(name, ids, limit("max_media_items"))
    if name == "competitorBrandItemIds":
        ids = [item for each in ids if (item := veiled.item_of_competitor(workspace.world.seed, each))]
    return files.of_items(workspace, ids)


def transcriptions(
    workspace: Workspace, item_ids: list[str] | None = None, media_content_ids: list[str] | None = None
) -> list[dict[str, Any]]:
    """Of films alone, in the order of the ids; unknown ones are left out. Raises GraphQLError."""
    name, ids = _only("transcriptions", {"itemIds": item_ids, "mediaContentIds": media_content_ids})
    if name == "itemIds":
        hold_length(name, ids, limit("max_transcribed_items"))
        numbers = files.numbers_of(workspace, ids)
        spoken = transcripts.of_items(workspace, list(numbers.values()))
        return [node for number in numbers.values() for node in spoken[number]]
    hold_length(name, ids, limit("max_transcribed_contents"))
    items = files.items_of(workspace, ids)
    spoken = transcripts.of_items(workspace, list(items.values()))
    return [node for file, item in items.items() for node in spoken[item] if node["mediaContentId"] == file]


def _only(field: str, given: Mapping[str, list[str] | None]) -> tuple[str, list[str]]:
    """The one argument that is given, in the words of graphql-ruby if there is another number of them."""
    found = [(name, ids) for name, ids in given.items() if ids is not None]
    if len(found) != 1:
        raise failure(f"{field} must include exactly one of the following arguments: {', '.join(given)}.")
    return found[0]
