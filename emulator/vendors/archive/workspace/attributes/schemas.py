"""The custom attributes that workspaces have defined (fixtures/archive/custom_attributes.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from emulator import resources
from emulator.contract.document import read_yaml
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world import ids

Entity = Literal["ITEM", "CREATOR"]
Element = Literal["text", "choice", "number", "day", "moment", "truth", "address"]

# What a value is, or each element of a list. How the versions of the choices differ is not known: they are alike here.
_ELEMENTS: Final[Mapping[str, Element]] = {
    "BOOLEAN": "truth",
    "BOOLEAN_LIST": "truth",
    "DATE": "day",
    "DATETIME": "moment",
    "DATETIME_LIST": "moment",
    "DATE_LIST": "day",
    "EMAIL": "text",
    "MULTIPLE_SELECT": "choice",
    "MULTIPLE_SELECT_V2": "choice",
    "NUMBER": "number",
    "NUMBER_LIST": "number",
    "PHONE": "text",
    "SHIPPING_ADDRESS": "address",
    "SINGLE_SELECT_V2": "choice",
    "SINGLE_SELECT_V3": "choice",
    "TEXT": "text",
    "TEXT_LIST": "text",
    "URL": "text",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """`source` says where its values come from, as the file explains; `ai` is a reason in words, with gaps."""

    entity: Entity
    key: str
    name: str
    type: str
    ai_generated: bool
    ai: str | None
    options: tuple[str, ...]
    source: Mapping[str, Any]

    @property
    def element(self) -> Element:
        return _ELEMENTS[self.type]

    @property
    def several(self) -> bool:
        return self.type.endswith("_LIST") or self.type.startswith("MULTIPLE")


@cache
def attributes(entity: Entity) -> Mapping[str, Attribute]:
    """By key, in their order."""
    entries = read_yaml(resources.fixtures() / "archive" / "custom_attributes.yaml")[entity]
    return {entry["key"]: _attribute(entity, **entry) for entry in entries}


def option_id(workspace: Workspace, attribute: Attribute, option: str) -> str:
    name = workspace.id, attribute.entity, attribute.key, option
    return ids.uuid(workspace.world.seed, "archive attribute option", *name)


def _attribute(
    entity: Entity, key: str, name: str, type: str, options: tuple[str, ...] = (), **source: Any
) -> Attribute:
    ai_generated = "ai" in source
    return Attribute(entity, key, name, type, ai_generated, source.pop("ai", None), tuple(options), source)
