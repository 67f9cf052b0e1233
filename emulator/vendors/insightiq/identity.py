"""Identity: the owners of connected accounts and their audiences (insightiq-v1.txt, "Identity").

What was fetched stays readable when an account is connected no more (facts/insightiq.md, 5.3).
"""

from typing import Any, Final

from emulator.vendors.insightiq import accounts, fetching, profile_refresh
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables import identity as tables
from emulator.world.world import World

_PROFILES: Final = Collection(tables.profiles, "profile")
_AUDIENCES: Final = Collection(tables.audiences, "account", by="account_id")
_PROFILE_LIST: Final = Listing(tables.profiles, tables.profiles.c.created_at.desc(), tables.profiles.c.id.desc())


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
    """Newest first (assumed): an order that synchronisations do not change while a client turns the pages."""
    wanted = {"user_id": user_id, "work_platform_id": work_platform_id, "account_id": account_id}
    return _PROFILE_LIST.page(world, limit, offset, **wanted)


def refresh_profile(world: World, body: dict[str, Any]) -> dict[str, str]:
    """The profile is fetched some seconds later. 404 for an unknown account, 403 for one without access (assumed)."""
    account_id: str = body["account_id"]
    accounts.connected(world, account_id)
    due = world.now + fetching.duration(world.seed, account_id, world.now)
    world.schedule(profile_refresh.REFRESH, due, {"account_id": account_id})
    return {"account_id": account_id}


def get_audience(world: World, account_id: str) -> bytes:
    """404 `incorrect_account_id` also for an account whose platform has no audience figures (assumed)."""
    return _AUDIENCES.get(world, account_id)
