"""Archive: two GraphQL APIs over the same community, `/api/v1` for partners and `/api/v2` for workspaces."""

from typing import Final

from emulator.exchange import Answer, Api, Numbering
from emulator.http import Request
from emulator.refusal import Refusal
from emulator.vendors.archive import dialect, own, partners, tracking, workspace
from emulator.vendors.archive.partners import webhooks
from emulator.vendors.archive.projection import ArchiveProjection
from emulator.vendors.archive.workspace import terms
from emulator.vendors.archive.workspace.operations import refresh
from emulator.vendors.archive.workspace.posts import captures
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

PREFIX: Final = "/api"

VENDOR = Vendor(
    name="archive",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=ArchiveProjection,
    limit=lambda mode: "off" if mode == "frozen" else "plan",
    choices=terms.defaults(),
    webhooks=webhooks.WEBHOOKS,
    published=tracking.published,
    objects=own.OBJECTS,
    tasks={
        tracking.RECORD: tracking.record,
        refresh.TASK: refresh.refresh_item,
        captures.TASK: captures.capture,
    },
)

FAMILIES: Final = (refresh.FAMILY,)


def api(worlds: Worlds, count: Numbering) -> Api:
    return _Versions(partners.api(worlds, count), workspace.api(worlds, count))


class _Versions:
    """Each path has its version; what is nobody's path is refused by the first one."""

    name = VENDOR.name

    def __init__(self, first: Api, second: Api) -> None:
        self._first = first
        self._second = second

    def answer(self, request: Request) -> Answer:
        """Raises Behind."""
        return self._of(request.path).answer(request)

    def refuse(self, refusal: Refusal, path: str) -> Answer:
        return self._of(path).refuse(refusal, path)

    def _of(self, path: str) -> Api:
        newer = path == workspace.PATH or path.startswith(f"{workspace.PATH}/")
        return self._second if newer else self._first
