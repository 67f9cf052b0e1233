"""Storyclash: a small REST API under `/external-api`."""

from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import load
from emulator.exchange import Numbering
from emulator.rest import RestApi
from emulator.vendors.storyclash import campaigns, dialect, own
from emulator.vendors.storyclash.projection import CampaignsProjection
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

PREFIX = "/external-api"

VENDOR = Vendor(
    name="storyclash",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=CampaignsProjection,
    limit=lambda _: "hourly",
    objects=own.OBJECTS,
)


def api(worlds: Worlds, count: Numbering) -> RestApi:
    return RestApi(VENDOR.name, bind(load("storyclash"), handlers_of(campaigns)), dialect, worlds, count)
