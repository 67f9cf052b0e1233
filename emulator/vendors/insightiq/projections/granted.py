"""Accounts to which access was granted, and what all objects found in an account have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from emulator.vendors.insightiq import accounts, contents, fetching
from emulator.vendors.insightiq.items import Renew
from emulator.vendors.insightiq.ownership import owner
from emulator.vendors.insightiq.projections.connect import work_platform_of
from emulator.world import instant
from emulator.world.population import Cast, ConnectedAccount, ConnectedUser


@dataclass(frozen=True, slots=True)
class Granted:
    """`connected`, `first` and `synced` are instants; the first and the last sync were done at the latter two.

    `since` is from when on the last sync has refreshed contents.
    `owner` is what objects say about whose they are.
    """

    account: ConnectedAccount
    platform: str
    connected: int
    first: int
    synced: int
    since: int
    owner: Mapping[str, Any]

    def row(self, id: str, published: int, growth: bytes, renew: Renew, rest: Mapping[str, Any]) -> dict[str, Any]:
        """A row of `tables/engagement.py`, its figures being those of the last sync."""
        times = {"created_at": instant.naive(self._first_synced(published)), "updated_at": instant.naive(self.synced)}
        body = {"id": id, **times, **self.owner, "engagement": None, **rest}
        return {
            "id": id,
            "account_id": self.account.uuid,
            "published_at": published,
            "fetched": int(self.since <= published <= self.synced),
            "growth": growth,
            "body": orjson.dumps(body | renew(body, growth, self.synced)),
        }

    def _first_synced(self, published: int) -> int:
        """When the first sync, or the first daily one, has found what was published then."""
        if published <= self.connected:
            return min(self.synced, self.first)
        days = -((self.connected - published) // accounts.SYNC_EVERY)
        return min(self.synced, self.connected + days * accounts.SYNC_EVERY)


def granted(cast: Cast) -> Iterator[Granted]:
    """The accounts of platforms with engagement, whatever their status: the data stays when a connection ends."""
    for user in cast.users:
        for account in user.accounts:
            platform = work_platform_of(account)
            if platform["products"]["engagement"]["is_supported"]:
                yield _granted(cast.seed, user, account, platform)


def _granted(seed: int, user: ConnectedUser, account: ConnectedAccount, platform: Mapping[str, Any]) -> Granted:
    connected, synced = instant.from_datetime(account.connected_at), instant.from_datetime(account.last_sync_at)
    return Granted(
        account=account,
        platform=platform["name"],
        connected=connected,
        first=fetching.first_done(seed, account.uuid, platform["name"], "engagement", connected),
        synced=synced,
        since=contents.refresh_since({"data": accounts.products({"engagement": {}}, synced)}) or synced,
        owner=owner({"id": user.uuid, "name": user.name}, account.uuid, account.handle, platform),
    )
