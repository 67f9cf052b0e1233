"""Archive: a GraphQL API at `/api/v1`."""

from emulator import resources
from emulator.contract.binder import handlers_of
from emulator.exchange import Api, Numbering
from emulator.graphql import GraphQLApi, executable
from emulator.vendors.archive import dialect, mutations, partners, tracking, webhooks
from emulator.vendors.archive.explorer import WithExplorer
from emulator.vendors.archive.projection import PartnersProjection
from emulator.vendors.archive.ruby import Library, Version
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

PREFIX = "/api"

VENDOR = Vendor(
    name="archive",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=PartnersProjection,
    webhooks=webhooks.WEBHOOKS,
    published=tracking.published,
    tasks={tracking.RECORD: tracking.record},
)


def api(worlds: Worlds, count: Numbering, version: Version = Version()) -> Api:  # noqa: B008 - it is frozen
    sdl = resources.contracts() / "archive" / "partners.graphql"
    schema = executable(sdl, {"Query": handlers_of(partners), "Mutation": handlers_of(mutations)})
    return WithExplorer(GraphQLApi(VENDOR.name, "/api/v1", Library(schema, version).document, dialect, worlds, count))
