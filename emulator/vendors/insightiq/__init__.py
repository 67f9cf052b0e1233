"""InsightIQ (formerly Phyllo): a REST API under `/v1`."""

from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import load
from emulator.exchange import Numbering
from emulator.request_rate import OFF, RequestRate
from emulator.rest import RestApi
from emulator.vendors.insightiq import (
    accounts,
    activities,
    activity,
    connect,
    connections,
    dialect,
    dictionaries,
    discovery,
    engagement,
    fetches,
    fetching,
    identity,
    own,
    professional,
    public_content,
    publishing,
    subscriptions,
    syncing,
    webhooks,
)
from emulator.vendors.insightiq.jobs.families import FAMILIES, HANDLERS
from emulator.vendors.insightiq.joining import InsightIQJoining
from emulator.vendors.insightiq.projections import InsightIQProjection
from emulator.world import instant
from emulator.world.vendor import Vendor
from emulator.world.worlds import Worlds

__all__ = ["FAMILIES", "PREFIX", "VENDOR", "api"]

PREFIX = "/v1"

_CONTRACT = load("insightiq")
_RATE = _CONTRACT["x-limits"]["application"]

VENDOR = Vendor(
    name="insightiq",
    key=dialect.key,
    credentials=dialect.credentials,
    secrets=dialect.secrets,
    project=InsightIQProjection,
    limit=lambda mode: OFF if mode == "frozen" else _RATE["requests"],  # no time passes that requests could wait for
    webhooks=subscriptions.WEBHOOKS,
    published=publishing.published,
    objects=own.OBJECTS,
    joins=InsightIQJoining(),
    tasks={
        accounts.SYNC: syncing.sync,
        connections.SYNC_PRODUCT: syncing.sync_product,
        activities.SYNC: activities.sync,
        fetching.PROFILE: syncing.refresh_profile,
        fetches.CONTENTS: fetches.fetch_contents,
        fetches.CONTENT_GROUPS: fetches.fetch_content_groups,
    },
)


def api(worlds: Worlds, count: Numbering) -> RestApi:
    handlers = handlers_of(
        connect, identity, engagement, activity, discovery, dictionaries, professional, public_content, webhooks
    )
    handlers |= HANDLERS  # of the jobs
    rate = RequestRate(_RATE["per_seconds"] * instant.SECOND)
    return RestApi(VENDOR.name, bind(_CONTRACT, handlers), dialect, worlds, count, rate)
