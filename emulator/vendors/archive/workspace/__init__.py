"""The Workspace API, version 2: `/api/v2` (archive-workspace-v2-operations.txt; facts/archive-v2.md)."""

from functools import cache
from typing import Final

from emulator import resources
from emulator.contract.binder import handlers_of
from emulator.contract.document import ContractError
from emulator.exchange import Numbering
from emulator.graphql import Document, GraphQLApi, executable
from emulator.vendors.archive.ruby import Library, Version
from emulator.vendors.archive.workspace.attributes import resolvers as attributes
from emulator.vendors.archive.workspace.brands import resolvers as brands
from emulator.vendors.archive.workspace.context import VENDOR
from emulator.vendors.archive.workspace.creators import resolvers as creators
from emulator.vendors.archive.workspace.dialect import Variant, WorkspaceDialect, variant_of
from emulator.vendors.archive.workspace.items import resolvers as items
from emulator.vendors.archive.workspace.media import resolvers as media
from emulator.vendors.archive.workspace.operations import resolvers as operations
from emulator.vendors.archive.workspace.organising import collections, groups, membership, presets, views
from emulator.vendors.archive.workspace.posts import lookups, uploads
from emulator.vendors.archive.workspace.scalars import SCALARS
from emulator.vendors.archive.workspace.terms import defaults, limit
from emulator.vendors.archive.workspace.workspaces import campaigns
from emulator.vendors.archive.workspace.workspaces import resolvers as workspaces
from emulator.world.worlds import Worlds

PATH: Final = "/api/v2"

_HANDLERS: Final = handlers_of(
    attributes,
    brands,
    campaigns,
    collections,
    creators,
    groups,
    items,
    lookups,
    media,
    membership,
    operations,
    presets,
    uploads,
    views,
    workspaces,
)
_AS_LIST: Final = "field: [String!]"


def api(worlds: Worlds, count: Numbering) -> GraphQLApi:
    """Raises ContractError."""
    usual: Variant = variant_of(defaults())
    _library(usual)

    def read(text: str | None, variant: Variant | None) -> Document:
        return _library(variant or usual).document(text)

    return GraphQLApi(VENDOR, PATH, read, WorkspaceDialect(), worlds, count)


@cache
def _library(variant: Variant) -> Library:
    """Introspection is off, as in the vendor's production (reported)."""
    did_you_mean, user_error_field = variant
    file = resources.contracts() / "archive" / "workspace.graphql"
    sdl = file.read_text()
    if _AS_LIST not in sdl:
        raise ContractError(f"{file.name}: UserError has no `{_AS_LIST}`, whose shape can be chosen")
    if user_error_field == "string":
        sdl = sdl.replace(_AS_LIST, "field: String")
    schema = executable(file.name, sdl, _HANDLERS)
    version = Version(did_you_mean=did_you_mean)
    return Library(schema, version, introspection=False, scalars=SCALARS, max_depth=limit("max_depth"))
