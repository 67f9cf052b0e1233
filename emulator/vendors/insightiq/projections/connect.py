"""The population as InsightIQ's Connect shows it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import orjson

from emulator import resources
from emulator.contract.document import read_yaml
from emulator.vendors.insightiq import accounts
from emulator.vendors.insightiq.creator_profiles import vendor_name
from emulator.vendors.insightiq.tables import connect as tables
from emulator.world import instant
from emulator.world.population import Cast, ConnectedAccount, ConnectedUser, Creator, Post
from emulator.world.projection import Projected
from emulator.world.tables import tasks

_OURS = ("evidence", "evidence_by_key", "note")


@cache
def work_platforms() -> dict[str, dict[str, Any]]:
    """The vendor's work platforms by name, in its order."""
    entries = read_yaml(resources.fixtures() / "insightiq" / "work_platforms.yaml")
    return {entry["name"]: {key: value for key, value in entry.items() if key not in _OURS} for entry in entries}


def work_platform_of(account: ConnectedAccount) -> dict[str, Any]:
    """The vendor's work platform that an account of the cast is on."""
    return work_platforms()[vendor_name(account.platform)]


class ConnectProjection:
    """The platforms, and the users with their accounts; creators are shown only as the owners of accounts."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def of_world(self) -> Projected:
        for position, (name, platform) in enumerate(work_platforms().items()):
            row = {"id": platform["id"], "position": position, "name": name, "body": orjson.dumps(platform)}
            yield tables.work_platforms, row
        for user in self._cast.users:
            yield from _user(user)

    def of_owner(self, creator: Creator) -> Projected:
        """Whoever joins as a user: the user and the accounts of a creator."""
        for user in self._cast.users:
            if any(account.creator_id == creator.id for account in user.accounts):
                yield from _user(user)

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:  # noqa: ARG002
        return iter(())


def _user(user: ConnectedUser) -> Projected:
    yield tables.users, user_row(user, 0)
    for account in user.accounts:
        yield from _account(user, account)


def user_row(user: ConnectedUser, drawn: int) -> dict[str, Any]:
    created = instant.from_datetime(user.created_at)
    described = {"name": user.name, "external_id": user.external_id, "id": user.uuid}
    times = {"created_at": instant.naive(created), "updated_at": instant.naive(created)}
    body = orjson.dumps({**described, **times, "status": "ACTIVE"})
    return {"id": user.uuid, "external_id": user.external_id, "created_at": created, "drawn": drawn, "body": body}


def _account(user: ConnectedUser, account: ConnectedAccount) -> Iterator[tuple[Any, dict[str, Any]]]:
    platform = work_platform_of(account)
    synced = instant.from_datetime(account.last_sync_at)
    body = shown(user, account, platform, accounts.products(supported(platform), synced))
    yield tables.accounts, row(user, account, body, 0)
    if account.status == "CONNECTED":
        due = synced + accounts.SYNC_EVERY
        payload = {"account_id": account.uuid, "connection": 0}
        yield tasks, {"due": due, "kind": accounts.SYNC, "payload": orjson.dumps(payload)}


def row(user: ConnectedUser, account: ConnectedAccount, shown: Mapping[str, Any], drawn: int) -> dict[str, Any]:
    return {
        "id": account.uuid,
        "user_id": user.uuid,
        "work_platform_id": shown["work_platform"]["id"],
        "status": account.status,
        "reachable": int(account.status == "CONNECTED"),
        "updated_at": instant.from_datetime(account.updated_at),
        "drawn": drawn,
        "body": orjson.dumps(shown),
    }


def shown(
    user: ConnectedUser, account: ConnectedAccount, platform: Mapping[str, Any], data: dict[str, Any]
) -> dict[str, Any]:
    """The keys and their order are those of real accounts (facts/insightiq.md, 5.3)."""
    profile = account.profile
    return {
        "id": account.uuid,
        "created_at": instant.naive(instant.from_datetime(account.connected_at)),
        "updated_at": instant.naive(instant.from_datetime(account.updated_at)),
        "user": {"id": user.uuid, "name": user.name},
        "work_platform": {key: platform[key] for key in ("id", "name", "logo_url")},
        "username": profile.handle,
        "platform_username": profile.handle,
        "profile_pic_url": profile.avatar_url,
        "status": account.status,
        "platform_profile_name": profile.display_name,
        "platform_profile_id": profile.external_id,
        "platform_profile_published_at": instant.naive(instant.from_datetime(profile.created_at)),
        "disconnection_source": account.disconnection_source,
        "data": data,
    }


def supported(platform: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The products that a platform supports, each with `audience` if that is supported too."""
    products = {name: block for name, block in platform["products"].items() if block["is_supported"]}
    return {
        name: {"audience": {}} if block.get("audience", {}).get("is_supported") else {}
        for name, block in products.items()
    }
