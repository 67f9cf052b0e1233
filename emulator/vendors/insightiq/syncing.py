"""Synchronisations of connected accounts: the first of each product, and the daily one (facts/insightiq.md, 5.4)."""

from collections.abc import Mapping
from typing import Any

from emulator.vendors.insightiq import accounts, activities, connections, contents, events, profiles
from emulator.world.world import World


def sync(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch a connected account's data, once a day at the time of day that it was connected.

    `updated_at` stays as it is (observed). The task ends with the connection.
    """
    account = connections.reached(world, payload)
    if account is None:
        return
    account["data"] = accounts.products(account["data"], world.now)
    accounts.save(world, account)
    _identity(world, account)
    contents.sync(world, account)
    world.schedule(accounts.SYNC, world.now + accounts.SYNC_EVERY, payload)


def sync_product(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch a product for the first time since the account was connected."""
    account = connections.reached(world, payload)
    if account is None:
        return
    product = payload["product"]
    known = accounts.synced(account, product)
    account["data"] |= accounts.products({product: account["data"][product]}, world.now)
    accounts.save(world, account)
    if product == "identity":
        _identity(world, account)
    elif product == "engagement":
        contents.sync(world, account)
    elif product == "activity":
        activities.begin(world, account, payload["connection"], known=known)


def refresh_profile(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch profile and audience of an account on request, unless its access has ended meanwhile.

    PROFILES.UPDATED says that it is done (documented), also if nothing has changed (assumed).
    """
    account = connections.reached(world, payload)
    if account is None or "identity" not in account["data"]:
        return
    account["data"] |= accounts.products({"identity": account["data"]["identity"]}, world.now)
    accounts.save(world, account)
    _identity(world, account, requested=True)


def _identity(world: World, account: Mapping[str, Any], *, requested: bool = False) -> None:
    profile_id, found = profiles.fetch(world, account["id"])
    if not events.heard(world):
        return
    if requested and "PROFILES.UPDATED" not in found:
        found = ["PROFILES.UPDATED", *found]
    for event in found:
        events.of_account(world, event, account, profile_id=profile_id)
