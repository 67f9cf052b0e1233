"""The Partners API, version 1: `/api/v1` (archive-partners-v1.txt)."""

from collections.abc import Hashable
from typing import Final

from emulator import resources
from emulator.contract.binder import handlers_of
from emulator.exchange import Api, Numbering
from emulator.graphql import Document, GraphQLApi, executable
from emulator.vendors.archive.partners import dialect, mutations, queries
from emulator.vendors.archive.partners.explorer import WithExplorer
from emulator.vendors.archive.ruby import Library, Version
from emulator.world.worlds import Worlds

PATH: Final = "/api/v1"


def api(worlds: Worlds, count: Numbering, version: Version = Version()) -> Api:  # noqa: B008 - it is frozen
    """Raises ContractError."""
    file = resources.contracts() / "archive" / "partners.graphql"
    library = Library(executable(file.name, file.read_text(), handlers_of(queries, mutations)), version)

    def read(text: str | None, variant: Hashable) -> Document:  # noqa: ARG001 - all worlds read alike
        return library.document(text)

    return WithExplorer(GraphQLApi("archive", PATH, read, dialect, worlds, count))
