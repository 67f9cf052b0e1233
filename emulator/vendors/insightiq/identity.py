"""Identity: the owners of connected accounts and their audiences (insightiq-v1.txt, "Identity").

What was fetched stays readable when an account is connected no more (facts/insightiq.md, 5.3).
"""

from typing import Any, Final

from emulator.vendors.insightiq import accounts, fetching
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables import identity as tables
from emulator.world.world import World

_FETCHED: Final = tables.profiles.c.fetched == 1
_PROFILES: Final = Collection(tables.profiles, "profile", _FETCHED)
_AUDIENCES: Final = Collection(tables.audiences, "account", tables.audiences.c.fetched == 1, by="account_id")
_PROFILE_LIST: Final = Listing(
    tables.profiles, tables.profiles.c.created_at.desc(), tables.profiles.c.id.desc(), visible=[_FETCHED]
)


def get_profile(world: World, id: str) -> bytes:
    return _PROFILES.get(world, id)


def list_profiles(
    world: World,
    limit: int,
    offset: int,
    user_id: str | None,
    work_platform_id: str | None,
    account_id: str | None,
) -> bytes:
    """Newest first (assumed): an order that synchronisations do not change while a client turns the pages.

    403 `account_not_synced` for an account before its first one.
    """
    account = None if account_id is None else accounts.find(world, account_id)
    if account is not None:
        accounts.demand_synced(account, "identity")
    wanted = {"user_id": user_id, "work_platform_id": work_platform_id, "account_id": account_id}
    return _PROFILE_LIST.page(world, limit, offset, **wanted)


def refresh_profile(world: World, body: dict[str, Any]) -> dict[str, str]:
    """The profile is fetched some seconds later. 404 for an unknown account, 403 for one without access (assumed)."""
    account_id: str = body["account_id"]
    accounts.check_fetchable(world, account_id, "identity")
    due = world.now + fetching.duration(world.seed, account_id, world.now)
    world.schedule(fetching.PROFILE, due, {"account_id": account_id})
    return {"account_id": account_id}


def get_audience(world: World, account_id: str) -> bytes:
    """404 `incorrect_account_id` also for an account whose platform has no audience figures (assumed).

    403 `account_not_synced` before the first synchronisation.
    """
    accounts.check(world, account_id, "identity")
    return _AUDIENCES.get(world, account_id)
