"""The root fields of the Partners API, version 1 (archive-partners-v1.txt)."""

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.connections import Connection
from emulator.vendors.archive.dialect import Shop
from emulator.world.world import own

_C, _M = tables.creators, tables.media_items

_WITH_CREATOR = and_(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.id == _M.c.creator_id)


def creator(
    shop: Shop,
    id: int | None = None,
    account_name: str | None = None,
    provider: str | None = None,
    fallback: bool | None = None,
) -> dict[str, Any] | None:
    """By id, or by account name and provider. With `fallback`, another provider's account of that name will do.

    How the arguments combine, and what `fallback` means, is assumed: the id decides if it is given.
    """
    found = _find_creator(shop, id, account_name, provider)
    if found is None and fallback and id is None and provider is not None:
        found = _find_creator(shop, None, account_name, None)
    return found


def creator_posts(
    shop: Shop,
    id: int | None = None,
    account_name: str | None = None,
    provider: str | None = None,
    after: str | None = None,
    before: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> dict[str, Any]:
    """An unknown creator has no posts: the connection cannot be null, and that it is an error is not known."""
    found = _find_creator(shop, id, account_name, provider)
    wanted = [_M.c.creator_id == (found["id"] if found else None)]
    return _connection(shop, wanted, after=after, before=before, first=first, last=last)


def media_item(shop: Shop, id: str | None = None, external_id: str | None = None) -> dict[str, Any] | None:
    """By either id; the one of Archive decides if both are given (assumed)."""
    if id is None and external_id is None:
        return None
    if id is not None and not _is_id(id):
        return None
    wanted = _M.c.external_id == external_id if id is None else _M.c.id == int(id)
    items = _items(shop, _media_items([wanted]).limit(1))
    return items[0] if items else None


def media_items(
    shop: Shop,
    filter: dict[str, Any] | None = None,
    after: str | None = None,
    before: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> dict[str, Any]:
    """In the order of their ids, as rows without an order come (assumed)."""
    return _connection(shop, _conditions(filter or {}), after=after, before=before, first=first, last=last)


def _find_creator(shop: Shop, id: int | None, account_name: str | None, provider: str | None) -> dict[str, Any] | None:
    if id is None and account_name is None:
        return None
    wanted = [_C.c.id == id] if id is not None else [_C.c.account_name == account_name]
    if provider is not None:
        wanted.append(_C.c.provider == provider)
    query = select(_C.c.body).where(own(_C), _C.c.shop_id == bindparam("shop"), *wanted).order_by(_C.c.id).limit(1)
    rows = shop.world.query(query, shop=shop.id)
    return orjson.loads(rows[0][0]) if rows else None


def _conditions(filter: dict[str, Any]) -> list[ColumnElement[bool]]:
    """A missing, null or empty list leaves nothing out; the lists narrow each other."""
    columns = {
        "itemProviders": _M.c.provider,
        "itemTypes": _M.c.type,
        "creatorAccountName": _C.c.account_name,
        "creatorVerified": _C.c.verified,
        "usageRightsStatus": _M.c.usage_rights_status,
    }
    return [column.in_(filter[name]) for name, column in columns.items() if filter.get(name)]


def _connection(shop: Shop, wanted: list[ColumnElement[bool]], **arguments: Any) -> dict[str, Any]:
    query = _media_items(wanted).order_by(_M.c.id)

    def fetch(offset: int, limit: int) -> list[dict[str, Any]]:
        return _items(shop, query.offset(offset).limit(limit))

    def count() -> int:
        rows = shop.world.query(query.with_only_columns(func.count()).order_by(None), shop=shop.id)
        return int(rows[0][0])

    return Connection(fetch, count, **arguments).fields()


def _media_items(wanted: list[ColumnElement[bool]]) -> Select[Any]:
    """Items with their creators, in one statement however long the page is."""
    query = select(_M.c.body, _C.c.body).join_from(_M, _C, _WITH_CREATOR)
    return query.where(own(_M), _M.c.shop_id == bindparam("shop"), *wanted)


def _items(shop: Shop, query: Select[Any]) -> list[dict[str, Any]]:
    rows = shop.world.query(query, shop=shop.id)
    return [orjson.loads(item) | {"creator": orjson.loads(creator)} for item, creator in rows]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
