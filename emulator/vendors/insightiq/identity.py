"""Identity: the owners of connected accounts and their audiences (insightiq-v1.txt, "Identity").

What was fetched stays readable when an account is connected no more (facts/insightiq.md, 5.3).
"""

from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.insightiq import accounts, fetching, profile_refresh
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables import identity as tables
from emulator.world.store import Statement
from emulator.world.world import World, own

_PROFILE: Final = Statement(
    select(tables.profiles.c.body).where(own(tables.profiles), tables.profiles.c.id == bindparam("id"))
)
_AUDIENCE: Final = Statement(
    select(tables.audiences.c.body).where(
        own(tables.audiences), tables.audiences.c.account_id == bindparam("account_id")
    )
)
_PROFILES: Final = Listing(tables.profiles, tables.profiles.c.created_at.desc(), tables.profiles.c.id.desc())


def get_profile(world: World, id: str) -> bytes:
    row = world.row(_PROFILE, id=id)
    if row is None:
        raise not_found("profile")
    body: bytes = row[0]
    return body


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
    return _PROFILES.page(world, limit, offset, **wanted)


def refresh_profile(world: World, body: dict[str, Any]) -> dict[str, str]:
    """The profile is fetched some seconds later. 404 for an unknown account, 403 for one without access (assumed)."""
    account_id: str = body["account_id"]
    accounts.connected(world, account_id)
    due = world.now + fetching.duration(world.seed, account_id, world.now)
    world.schedule(profile_refresh.REFRESH, due, {"account_id": account_id})
    return {"account_id": account_id}


def get_audience(world: World, account_id: str) -> bytes:
    """404 `incorrect_account_id` also for an account whose platform has no audience figures (assumed)."""
    row = world.row(_AUDIENCE, account_id=account_id)
    if row is None:
        raise not_found("account")
    body: bytes = row[0]
    return body
