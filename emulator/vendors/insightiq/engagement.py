"""Engagement: contents, content groups, publications and comments (insightiq-v1.txt, "Engagement")."""

from typing import Any

import orjson

from emulator.vendors.insightiq import accounts, comments, fetches
from emulator.vendors.insightiq.contents import CONTENTS, GROUPS, PUBLICATIONS
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.pages import page
from emulator.world.world import World


def list_contents(
    world: World,
    account_id: str,
    limit: int,
    offset: int,
    from_date: str | None,
    to_date: str | None,
    ids: str | None,
) -> bytes:
    """Latest first (observed). Commas stand between `ids` (assumed)."""
    accounts.check(world, account_id, "engagement")
    if ids is None:
        return CONTENTS.page(world, account_id, limit, offset, from_date, to_date)
    wanted = [text.strip() for text in ids.split(",")]
    return CONTENTS.page_of(world, wanted, account_id, limit, offset, from_date, to_date)


def get_content(world: World, id: str) -> bytes:
    return CONTENTS.get(world, id)


def search_contents(world: World, body: dict[str, Any]) -> bytes:
    return CONTENTS.search(world, body["ids"])


def refresh_contents(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return fetches.refresh(world, fetches.CONTENTS, body)


def fetch_historic_contents(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return fetches.fetch_historic(world, fetches.CONTENTS, body)


def list_content_groups(
    world: World, account_id: str, limit: int, offset: int, from_date: str | None, to_date: str | None
) -> bytes:
    """Latest first (assumed)."""
    accounts.check(world, account_id, "engagement")
    return GROUPS.page(world, account_id, limit, offset, from_date, to_date)


def get_content_group(world: World, id: str) -> bytes:
    return GROUPS.get(world, id)


def search_content_groups(world: World, body: dict[str, Any]) -> bytes:
    return GROUPS.search(world, body["ids"])


def refresh_content_groups(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return fetches.refresh(world, fetches.CONTENT_GROUPS, body)


def fetch_historic_content_groups(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return fetches.fetch_historic(world, fetches.CONTENT_GROUPS, body)


def list_publication_contents(
    world: World, account_id: str, limit: int, offset: int, from_date: str | None, to_date: str | None
) -> bytes:
    """Latest first (assumed)."""
    accounts.check(world, account_id, "engagement")
    return PUBLICATIONS.page(world, account_id, limit, offset, from_date, to_date)


def get_publication_content(world: World, id: str) -> bytes:
    return PUBLICATIONS.get(world, id)


def search_publication_contents(world: World, body: dict[str, Any]) -> bytes:
    return PUBLICATIONS.search(world, body["ids"])


def list_comments(
    world: World,
    account_id: str,
    content_id: str,
    limit: int,
    offset: int,
    from_date: str | None,
    to_date: str | None,
) -> bytes:
    """Newest first (assumed), of contents and publications."""
    accounts.check(world, account_id, "engagement")
    wanted = content_id, account_id
    found = CONTENTS.with_growth(world, *wanted) or PUBLICATIONS.with_growth(world, *wanted)
    if found is None:
        raise not_found("content")
    rows = comments.brought(world, content_id, from_date, to_date, limit, offset)
    if rows is not None:
        return page(rows, limit, offset, from_date, to_date)
    content, thread = found[0], Growth.unpacked(found[1]).thread
    numbers = comments.numbers(content, thread, from_date, to_date, limit, offset)
    made = [(orjson.dumps(comments.shown(world, content, thread, number)),) for number in numbers]
    return page(made, limit, offset, from_date, to_date)
