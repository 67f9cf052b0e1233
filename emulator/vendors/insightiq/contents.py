"""The contents, publications and content groups of connected accounts, and what a fetch makes of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import figures
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.items import Items
from emulator.vendors.insightiq.tables import engagement as tables
from emulator.world import instant
from emulator.world.world import World


def of_content(body: Mapping[str, Any], growth: bytes, now: int) -> dict[str, Any]:  # noqa: ARG001
    return {"engagement": figures.of_content(Growth.unpacked(growth), now)}


def of_group(body: Mapping[str, Any], growth: bytes, now: int) -> dict[str, Any]:  # noqa: ARG001
    """`growth` holds the group's contents, each as `[published, addresses of media, growth]`."""
    there = [content for content in orjson.loads(growth) if content[0] <= now]
    media = [address for _, addresses, _ in there for address in addresses]
    return {
        "engagement": figures.of_group([Growth.unpacked(packed.encode()) for _, _, packed in there], now),
        "item_count": len(media),
        "media_url": media[0] if media else None,
        "media_urls": media or None,
    }


CONTENTS: Final = Items(tables.contents, "content", of_content)
PUBLICATIONS: Final = Items(tables.publications, "content", of_content)
GROUPS: Final = Items(tables.content_groups, "content_group", of_group)


def sync(world: World, account: Mapping[str, Any]) -> None:
    """Fetch all that the account, as just synced, refreshes: what was published within the last 90 days."""
    since = refresh_since(account)
    if since is not None:
        for items in (CONTENTS, PUBLICATIONS, GROUPS):
            items.fetch(world, account["id"], since)


def refresh_since(account: Mapping[str, Any]) -> int | None:
    """From when on a refresh fetches; None on platforms without engagement."""
    engagement = account["data"].get("engagement")
    return None if engagement is None else moment(engagement["refresh_since"])


def moment(naive: str) -> int:
    """The instant that `instant.naive` has written."""
    return instant.from_datetime(datetime.fromisoformat(naive).replace(tzinfo=UTC))
