"""Storyclash: a small REST API under `/external-api`."""

from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import load
from emulator.exchange import Api, Numbering
from emulator.rest import RestApi
from emulator.vendors.storyclash import campaigns, dialect, imports, members, own
from emulator.vendors.storyclash.errors import WithChosenErrors
from emulator.vendors.storyclash.importing import FAMILIES, WEBHOOKS
from emulator.vendors.storyclash.projection import CampaignsProjection
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

__all__ = ["FAMILIES", "PREFIX", "VENDOR", "api"]

PREFIX = "/external-api"

VENDOR = Vendor(
    name="storyclash",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=CampaignsProjection,
    limit=lambda _: "hourly",
    choices={"errors": "reported", "creator_import": "on"},
    webhooks=WEBHOOKS,
    published=members.published,
    objects=own.OBJECTS,
)


def api(worlds: Worlds, count: Numbering) -> Api:
    routes = bind(load("storyclash"), handlers_of(campaigns, imports))
    return WithChosenErrors(RestApi(VENDOR.name, routes, dialect, worlds, count), worlds)
