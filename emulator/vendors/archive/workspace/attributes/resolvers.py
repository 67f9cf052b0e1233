"""Custom attributes."""

from typing import Any

from emulator.vendors.archive.workspace.attributes.schemas import Attribute, Entity, attributes, option_id
from emulator.vendors.archive.workspace.context import Workspace


def custom_attribute_schemas(workspace: Workspace, entity: Entity) -> list[dict[str, Any]]:
    return [_shown(workspace, attribute) for attribute in attributes(entity).values()]


def _shown(workspace: Workspace, attribute: Attribute) -> dict[str, Any]:
    """Options are null where there is nothing to choose from (assumed)."""
    options = [{"id": option_id(workspace, attribute, each), "name": each} for each in attribute.options]
    return {
        "aiGenerated": attribute.ai_generated,
        "key": attribute.key,
        "name": attribute.name,
        "options": options or None,
        "type": attribute.type,
    }
