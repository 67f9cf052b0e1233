"""The queries of the Partners API, version 1 (archive-partners-v1.txt)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from emulator.vendors.archive import tables
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.partners import community, subscriptions
from emulator.vendors.archive.partners.connections import Connection

_C, _M = tables.creators, tables.media_items


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
    found = community.find_creator(shop, id, account_name, provider)
    if found is None and fallback and id is None and provider is not None:
        found = community.find_creator(shop, None, account_name)
    return found


def creator_audience_report(
    shop: Shop, id: int | None = None, account_name: str | None = None, provider: str | None = None
) -> dict[str, Any] | None:
    """None for an unknown creator, which the schema does not allow: the answer is then null as a whole (assumed)."""
    found = community.find_creator(shop, id, account_name, provider)
    return found and {**found, "audienceReport": community.audience_report(shop, found["id"])}


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
    found = community.find_creator(shop, id, account_name, provider)
    wanted = [_M.c.creator_id == (found["id"] if found else None)]
    return _connection(shop, wanted, after=after, before=before, first=first, last=last)


def media_item(shop: Shop, id: str | None = None, external_id: str | None = None) -> dict[str, Any] | None:
    """By either id; the one of Archive decides if both are given (assumed)."""
    if id is not None:
        return community.media_item_of_id(shop, id)
    return None if external_id is None else community.find_media_item(shop, _M.c.external_id == external_id)


def media_items(
    shop: Shop,
    filter: dict[str, Any] | None = None,
    after: str | None = None,
    before: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> dict[str, Any]:
    return _connection(shop, _conditions(filter or {}), after=after, before=before, first=first, last=last)


def webhook_subscriptions(shop: Shop, event: str | None = None) -> list[dict[str, Any]]:
    return subscriptions.of_shop(shop.world, shop.id, event)


def _conditions(filter: dict[str, Any]) -> list[ColumnElement[bool]]:
    """A missing, null or empty list leaves nothing out; the lists narrow each other."""
    items = {"itemProviders": _M.c.provider, "itemTypes": _M.c.type, "usageRightsStatus": _M.c.usage_rights_status}
    makers = _among({"creatorAccountName": _C.c.account_name, "creatorVerified": _C.c.verified}, filter)
    return _among(items, filter) + ([community.by_creators(makers)] if makers else [])


def _among(columns: Mapping[str, ColumnElement[Any]], filter: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [column.in_(filter[name]) for name, column in columns.items() if filter.get(name)]


def _connection(shop: Shop, wanted: list[ColumnElement[bool]], **arguments: Any) -> dict[str, Any]:
    def fetch(offset: int, limit: int) -> list[dict[str, Any]]:
        return community.page(shop, wanted, offset, limit)

    return Connection(fetch, lambda: community.count(shop, wanted), **arguments).fields()
