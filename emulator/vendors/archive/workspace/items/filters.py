"""Filters of items that columns decide; the others are in `item_checks`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, bindparam, false, func, or_, select, true

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.terms import limit
from emulator.world.world import own

_C, _M = tables.creators, tables.media_items

# What each type of the filter is among the rows; no population has stories of TikTok.
_TYPES: Final = {
    "POST": ("INSTAGRAM", "POST"),
    "REEL": ("INSTAGRAM", "REEL"),
    "STORY": ("INSTAGRAM", "STORY"),
    "TIKTOK": ("TIKTOK", "TIKTOK"),
    "TIKTOK_STORY": ("TIKTOK", "STORY"),
    "YOUTUBE": ("YOUTUBE", "POST"),
    "YOUTUBE_SHORT": ("YOUTUBE", "SHORT"),
}

Condition = ColumnElement[bool]


def problem(settings: Mapping[str, Any], name: str, value: Any) -> str | None:
    """What speaks against the value of a field. That lists and texts are bounded is assumed."""
    most = limit("max_list")
    if isinstance(value, list) and len(value) > most:
        return f"{name} is too long (maximum is {most})"
    if name == "viralityScore" and "NOT_VIRAL" in (value or ()) and settings["not_viral_filter"] == "refused":
        return "viralityScore cannot be NOT_VIRAL"
    if name == "superSearch" and value:
        return _problem_of_search(settings, value)
    return None


def conditions(filter: Mapping[str, Any]) -> list[Condition]:
    """All have to hold. Missing, null and empty ones leave nothing out."""
    return [make(filter[name]) for name, make in _FIELDS.items() if filter.get(name)]


def _problem_of_search(settings: Mapping[str, Any], search: Mapping[str, Any]) -> str | None:
    most = limit("max_list")
    if search.get("mode") is None and settings["super_search_mode"] == "required":
        return "superSearch requires a mode"
    if len(search.get("searchQuery") or "") > most:
        return f"searchQuery is too long (maximum is {most} characters)"
    return None


def _by_account(*wanted: Condition) -> Condition:
    return _M.c.creator_id.in_(select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop"), *wanted))


def _account_names(names: Sequence[str]) -> Condition:
    """In any case, with or without the @ that goes before them (assumed)."""
    return _by_account(func.lower(_C.c.account_name).in_([name.strip().removeprefix("@").lower() for name in names]))


def _members(groups: Table, members: Table, column: str) -> Callable[[Sequence[str]], Condition]:
    """Of groups by their UUIDs."""

    def condition(uuids: Sequence[str]) -> Condition:
        chosen = select(groups.c.id).where(own(groups), groups.c.shop_id == bindparam("shop"), groups.c.uuid.in_(uuids))
        found = select(members.c.media_item_id).where(own(members), members.c.shop_id == bindparam("shop"))
        return _M.c.id.in_(found.where(members.c[column].in_(chosen)))

    return condition


def _types(names: Sequence[str]) -> Condition:
    pairs = [_TYPES[name] for name in dict.fromkeys(names)]
    return or_(*(and_(_M.c.provider == provider, _M.c.type == kind) for provider, kind in pairs))


def _taken_at(span: Mapping[str, int | None]) -> Condition:
    """Both ends are inside (assumed)."""
    since, until = span.get("from"), span.get("to")
    ends = [_M.c.taken_at >= since] if since is not None else []
    return and_(true(), *ends, *([_M.c.taken_at <= until] if until is not None else []))


_FIELDS: Final[Mapping[str, Callable[[Any], Condition]]] = {
    "accountNames": _account_names,
    "campaignsIds": _members(tables.campaigns, tables.campaign_items, "campaign_id"),
    "collectionsIds": _members(tables.collections, tables.collected, "collection_id"),
    "contentTypes": _M.c.content_type.in_,
    "ids": _M.c.uuid.in_,
    "importType": lambda kind: _M.c.import_type == kind,
    "itemTypes": _types,
    "provider": lambda provider: _M.c.provider == provider,
    "shopifyProductsIds": lambda _: false(),  # no item shows a product
    "socialProfileAccountTypes": lambda types: _by_account(_C.c.account_type.in_(types)),
    "socialProfileIds": lambda uuids: _by_account(_C.c.uuid.in_(uuids)),
    "takenAt": _taken_at,
    "tiktokWhitelistingEligibility": lambda _: _M.c.provider == "TIKTOK",
    "usageRightsStatus": _M.c.usage_rights_status.in_,
    "verified": lambda either: _by_account(_C.c.verified.in_([int(each) for each in either])),
}
