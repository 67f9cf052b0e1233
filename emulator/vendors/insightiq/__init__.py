"""InsightIQ (formerly Phyllo): a REST API under `/v1`."""

from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import load
from emulator.exchange import Numbering
from emulator.rest import RestApi
from emulator.vendors.insightiq import accounts, connect, dialect
from emulator.vendors.insightiq.projections import InsightIQProjection
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

PREFIX = "/v1"

VENDOR = Vendor(
    name="insightiq",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=InsightIQProjection,
    tasks={accounts.SYNC: accounts.sync},
)


def api(worlds: Worlds, count: Numbering) -> RestApi:
    routes = bind(load("insightiq"), handlers_of(connect))
    return RestApi(VENDOR.name, routes, dialect, worlds, count)
