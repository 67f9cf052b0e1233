"""Connect: work platforms, users, SDK tokens, links and accounts (insightiq-v1.txt, "Connect")."""

from typing import Any, Final

import orjson
from sqlalchemy import Table

from emulator.vendors.insightiq import accounts, connections
from emulator.vendors.insightiq.dialect import InsightIQError, client_secret
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables import connect as tables
from emulator.world import ids, instant
from emulator.world.world import World

_TOKEN_LIFETIME: Final = 7 * instant.DAY


def _latest_first(table: Table, time: str) -> Listing:
    return Listing(table, *(table.c[name].desc() for name in (time, "drawn", "id")))


_WORK_PLATFORMS: Final = Collection(tables.work_platforms, "work_platform")
_USERS: Final = Collection(tables.users, "user")
_USERS_BY_EXTERNAL_ID: Final = Collection(tables.users, "user", by="external_id")
_WORK_PLATFORM_LIST: Final = Listing(tables.work_platforms, tables.work_platforms.c.position)
_USER_LIST: Final = _latest_first(tables.users, "created_at")
_ACCOUNT_LIST: Final = _latest_first(tables.accounts, "updated_at")


def list_work_platforms(world: World, limit: int, offset: int, name: str | None) -> bytes:
    return _WORK_PLATFORM_LIST.page(world, limit, offset, name=name)


def get_work_platform(world: World, id: str) -> bytes:
    return _WORK_PLATFORMS.get(world, id)


def list_users(world: World, limit: int, offset: int, external_id: str | None) -> bytes:
    """Newest first, as in the documented sample."""
    return _USER_LIST.page(world, limit, offset, external_id=external_id)


def create_user(world: World, body: dict[str, Any]) -> bytes:
    """400 `user_exists_with_external_id` (observed) if the external id is taken."""
    if _USERS_BY_EXTERNAL_ID.find(world, body["external_id"]):
        message = "User with the given external id already exists"
        raise InsightIQError(400, "INVALID_REQUEST_PARAMETERS", "user_exists_with_external_id", message)
    now = instant.naive(world.now)
    user = {"name": body["name"], "external_id": body["external_id"], "id": world.new_uuid("insightiq user")}
    stored = orjson.dumps({**user, "created_at": now, "updated_at": now, "status": "ACTIVE"})
    columns = {"id": user["id"], "external_id": user["external_id"], "created_at": world.now, "drawn": world.draw()}
    world.insert(tables.users, **columns, body=stored)
    return stored


def get_user(world: World, id: str) -> bytes:
    return _USERS.get(world, id)


def get_user_by_external_id(world: World, external_id: str) -> bytes:
    return _USERS_BY_EXTERNAL_ID.get(world, external_id)


def create_sdk_token(world: World, body: dict[str, Any]) -> dict[str, str]:
    """A JWT, signed HS256, with the claims, lifetime and fractions of seconds of the documented sample."""
    import jwt  # imported here, as it brings a cryptography library along

    _USERS.get(world, body["user_id"])
    expires = world.now + _TOKEN_LIFETIME
    claims = {
        "user_id": body["user_id"],
        "tenant_id": ids.uuid(world.seed, "insightiq tenant"),
        "tenant_app_id": ids.uuid(world.seed, "insightiq tenant app"),
        "products": [product.replace(".", "_") for product in body["products"]],
        "iss": world.base_url,
        "aud": f"{world.base_url}/v1/internal",
        "iat": world.now / instant.SECOND,
        "exp": expires / instant.SECOND,
    }
    token = jwt.encode(claims, client_secret(world.name), algorithm="HS256")
    return {"sdk_token": token, "expires_at": instant.naive(expires)}


def create_link(world: World, body: dict[str, Any]) -> dict[str, str]:
    """An invitation to connect accounts. The page behind it does not exist yet."""
    invite_id = world.new_uuid("insightiq invite")
    return {
        "created_at": instant.naive(world.now),
        "microsite_url": f"{world.base_url}/connect/{invite_id}",
        "invite_id": invite_id,
        "external_id": body["external_id"],
    }


def list_accounts(world: World, limit: int, offset: int, user_id: str | None, work_platform_id: str | None) -> bytes:
    """Last updated first (observed)."""
    return _ACCOUNT_LIST.page(world, limit, offset, user_id=user_id, work_platform_id=work_platform_id)


def get_account(world: World, id: str) -> bytes:
    return accounts.ACCOUNTS.get(world, id)


def disconnect_account(world: World, id: str, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - it is empty
    """The `data` of the account stays (observed); 403 `account_disconnected` the second time (reported)."""
    account = accounts.get(world, id)
    if account["status"] == "NOT_CONNECTED":
        raise InsightIQError(403, "FORBIDDEN", "account_disconnected", "Account is already disconnected")
    connections.disconnect(world, account, "DEVELOPER_API")
    return {key: account[key] for key in ("id", "created_at", "updated_at", "user", "work_platform", "status")}
