"""The population as InsightIQ's Activity shows it."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from emulator.vendors.insightiq import activities, fetching
from emulator.vendors.insightiq.ownership import owner
from emulator.vendors.insightiq.projections.connect import work_platform_of
from emulator.world import instant
from emulator.world.population import Cast, ConnectedAccount, ConnectedUser, Creator, Post
from emulator.world.population.listening import Found, listener
from emulator.world.projection import Projected
from emulator.world.tables import tasks


class ActivityProjection:
    """What the owners of accounts hear, where the platform has the product."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def of_world(self) -> Projected:
        for user in self._cast.users:
            for account in user.accounts:
                platform = work_platform_of(account)
                if platform["products"]["activity"]["is_supported"]:
                    yield from self._of_account(user, account, platform)

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:  # noqa: ARG002
        return iter(())

    def _of_account(self, user: ConnectedUser, account: ConnectedAccount, platform: dict[str, Any]) -> Projected:
        seed, connected = self._cast.seed, instant.from_datetime(account.connected_at)
        created = fetching.first_done(seed, account.uuid, platform["name"], "activity", connected)
        weeks = (self._until(account) - created) // activities.SYNC_EVERY
        owned = owner({"id": user.uuid, "name": user.name}, account.uuid, account.handle, platform)
        for found, (first, last) in _history(seed, account.uuid, weeks).items():
            times = (created + week * activities.SYNC_EVERY for week in (first, last))
            yield activities.row(seed, owned, found, *times)
        if account.status == "CONNECTED":
            due = created + (weeks + 1) * activities.SYNC_EVERY
            payload = orjson.dumps({"account_id": account.uuid, "connection": 0, "week": weeks + 1})
            yield tasks, {"due": due, "kind": activities.SYNC, "payload": payload}

    def _until(self, account: ConnectedAccount) -> int:
        return instant.from_datetime(self._cast.epoch if account.status == "CONNECTED" else account.last_sync_at)


def _history(seed: int, account_id: str, weeks: int) -> dict[Found, tuple[int, int]]:
    """What was found until the end of that week, each with the weeks when that was so for the first and last time."""
    history: dict[Found, tuple[int, int]] = {}
    for week, found in _finds(seed, account_id, weeks):
        history[found] = (history[found][0] if found in history else week, week)
    return history


def _finds(seed: int, account_id: str, weeks: int) -> Iterator[tuple[int, Found]]:
    whose = listener(seed, account_id)
    yield from ((0, found) for found in whose.at_first())
    for week in range(1, weeks + 1):
        yield from ((week, found) for found in whose.in_week(week))
