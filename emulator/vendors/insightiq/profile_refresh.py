"""The refresh of a profile on request, as far as it happens after the answer."""

from collections.abc import Mapping
from typing import Any, Final

from emulator.vendors.insightiq import accounts, profiles
from emulator.world.world import World

REFRESH: Final = "insightiq.refresh_profile"


def refresh(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch profile and audience of an account, unless its access has ended meanwhile."""
    account = accounts.find(world, payload["account_id"])
    if account is None or account["status"] != "CONNECTED":
        return
    synced = accounts.products({"identity": account["data"]["identity"]}, world.now)
    account["data"] |= synced
    accounts.save(world, account)
    profiles.fetch(world, account["id"])
