"""Connect: work platforms, users, SDK tokens, links and accounts (insightiq-v1.txt, "Connect")."""

from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Table, bindparam, select

from emulator.vendors.insightiq import accounts
from emulator.vendors.insightiq.dialect import InsightIQError, client_secret, not_found
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables import connect as tables
from emulator.world import ids, instant
from emulator.world.store import Statement
from emulator.world.world import World, own

_TOKEN_LIFETIME: Final = 7 * instant.DAY


def _body_by(table: Table, column: ColumnElement[str]) -> Statement:
    return Statement(select(table.c.body).where(own(table), column == bindparam("key")))


_WORK_PLATFORM = _body_by(tables.work_platforms, tables.work_platforms.c.id)
_USER = _body_by(tables.users, tables.users.c.id)
_USER_BY_EXTERNAL_ID = _body_by(tables.users, tables.users.c.external_id)
_ACCOUNT = _body_by(tables.accounts, tables.accounts.c.id)

_WORK_PLATFORMS = Listing(tables.work_platforms, tables.work_platforms.c.position)
_USERS = Listing(tables.users, *(tables.users.c[name].desc() for name in ("created_at", "drawn", "id")))
_ACCOUNTS = Listing(tables.accounts, *(tables.accounts.c[name].desc() for name in ("updated_at", "drawn", "id")))


def list_work_platforms(world: World, limit: int, offset: int, name: str | None) -> bytes:
    return _WORK_PLATFORMS.page(world, limit, offset, name=name)


def get_work_platform(world: World, id: str) -> bytes:
    return _body(world, _WORK_PLATFORM, id, "work_platform")


def list_users(world: World, limit: int, offset: int, external_id: str | None) -> bytes:
    """Newest first, as in the documented sample."""
    return _USERS.page(world, limit, offset, external_id=external_id)


def create_user(world: World, body: dict[str, Any]) -> bytes:
    """400 `user_exists_with_external_id` (observed) if the external id is taken."""
    if world.row(_USER_BY_EXTERNAL_ID, key=body["external_id"]):
        message = "User with the given external id already exists"
        raise InsightIQError(400, "INVALID_REQUEST_PARAMETERS", "user_exists_with_external_id", message)
    now = instant.naive(world.now)
    user = {"name": body["name"], "external_id": body["external_id"], "id": world.new_uuid("insightiq user")}
    stored = orjson.dumps({**user, "created_at": now, "updated_at": now, "status": "ACTIVE"})
    columns = {"id": user["id"], "external_id": user["external_id"], "created_at": world.now, "drawn": world.draw()}
    world.insert(tables.users, **columns, body=stored)
    return stored


def get_user(world: World, id: str) -> bytes:
    return _body(world, _USER, id, "user")


def get_user_by_external_id(world: World, external_id: str) -> bytes:
    return _body(world, _USER_BY_EXTERNAL_ID, external_id, "user")


def create_sdk_token(world: World, body: dict[str, Any]) -> dict[str, str]:
    """A JWT, signed HS256, with the claims, lifetime and fractions of seconds of the documented sample."""
    import jwt  # imported here, as it brings a cryptography library along

    _body(world, _USER, body["user_id"], "user")
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
    return _ACCOUNTS.page(world, limit, offset, user_id=user_id, work_platform_id=work_platform_id)


def get_account(world: World, id: str) -> bytes:
    return _body(world, _ACCOUNT, id, "account")


def disconnect_account(world: World, id: str, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - it is empty
    """The `data` of the account stays (observed); 403 `account_disconnected` the second time (reported)."""
    account = accounts.find(world, id)
    if account is None:
        raise not_found("account")
    if account["status"] == "NOT_CONNECTED":
        raise InsightIQError(403, "FORBIDDEN", "account_disconnected", "Account is already disconnected")
    account |= {
        "updated_at": instant.naive(world.now),
        "status": "NOT_CONNECTED",
        "disconnection_source": "DEVELOPER_API",
    }
    accounts.save(world, account, status="NOT_CONNECTED", updated_at=world.now, drawn=world.draw())
    return {key: account[key] for key in ("id", "created_at", "updated_at", "user", "work_platform", "status")}


def _body(world: World, statement: Statement, key: str, thing: str) -> bytes:
    row = world.row(statement, key=key)
    if row is None:
        raise not_found(thing)
    body: bytes = row[0]
    return body
