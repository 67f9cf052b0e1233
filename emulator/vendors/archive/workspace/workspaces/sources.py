"""What a workspace listens for: hashtags, mentions and keywords."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.store import Statement
from emulator.world.world import own

_S = tables.sources
_OF_WORKSPACE = Statement(
    select(_S.c.uuid, _S.c.kind, _S.c.name, _S.c.provider)
    .where(own(_S), _S.c.shop_id == bindparam("shop"))
    .order_by(_S.c.place)
)


class Source(NamedTuple):
    """`kind` is HASHTAG, MENTION or KEYWORD; `name` is without # or @ (assumed)."""

    uuid: str
    kind: str
    name: str
    provider: str

    @property
    def tag(self) -> str:
        """As the column `tags` has it. A keyword is found where it is a hashtag (assumed)."""
        return ("@" if self.kind == "MENTION" else "#") + self.name.lower()


def of_workspace(workspace: Workspace) -> list[Source]:
    return [Source(*row) for row in workspace.world.rows(_OF_WORKSPACE, shop=workspace.id)]


def chosen(workspace: Workspace, ids: Sequence[str]) -> list[Source]:
    """Those of the ids that are the workspace's."""
    return [source for source in of_workspace(workspace) if source.uuid in ids]


def tags(workspace: Workspace, kind: str) -> list[dict[str, Any]]:
    """Hashtags or mentions, as version 2 shows them."""
    found = [source for source in of_workspace(workspace) if source.kind == kind]
    return [{"id": each.uuid, "name": each.name, "provider": each.provider, "type": each.kind} for each in found]


def keywords(workspace: Workspace) -> list[dict[str, Any]]:
    found = [source for source in of_workspace(workspace) if source.kind == "KEYWORD"]
    return [{"id": each.uuid, "name": each.name, "provider": each.provider} for each in found]
