"""The contents, publications and content groups of connected accounts, and what a fetch makes of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import events, figures
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.items import Change, Items
from emulator.vendors.insightiq.tables import engagement as tables
from emulator.world import instant
from emulator.world.world import World


def of_content(body: Mapping[str, Any], growth: bytes, now: int) -> dict[str, Any]:  # noqa: ARG001
    found = Growth.unpacked(growth)
    return {} if found.told else {"engagement": figures.of_content(found, now)}


def of_group(body: Mapping[str, Any], growth: bytes, now: int) -> dict[str, Any]:  # noqa: ARG001
    """`growth` holds the group's contents, each as `[published, addresses of media, growth]`; null if all is told."""
    contents = orjson.loads(growth)
    if contents is None:
        return {}
    there = [content for content in contents if content[0] <= now]
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
        fetch(world, account, since, CONTENTS, PUBLICATIONS, GROUPS)


def fetch(world: World, account: Mapping[str, Any], since: int, *kinds: Items) -> None:
    """Fetch what was published since an instant, and tell the webhooks what is new and what has changed."""
    found = {items: items.fetch(world, account["id"], since) for items in kinds}
    if events.heard(world):
        _tell_all(world, account, found)


def _tell_all(world: World, account: Mapping[str, Any], found: Mapping[Items, Sequence[Change]]) -> None:
    for items, changes in found.items():
        _tell(world, account, "CONTENT-GROUPS" if items is GROUPS else "CONTENTS", _new(changes), _old(changes))
    counted = [change for items in found if items is not GROUPS for change in found[items] if change.comments]
    first = [change.id for change in counted if not change.comments_before]
    more = [change.id for change in counted if 0 < change.comments_before < change.comments]
    _tell(world, account, "CONTENTS_COMMENTS", first, more)


def _new(changes: Sequence[Change]) -> list[str]:
    return [change.id for change in changes if change.new]


def _old(changes: Sequence[Change]) -> list[str]:
    return [change.id for change in changes if not change.new]


def _tell(world: World, account: Mapping[str, Any], family: str, added: list[str], updated: list[str]) -> None:
    events.of_items(world, f"{family}.ADDED", account, added)
    events.of_items(world, f"{family}.UPDATED", account, updated)


def refresh_since(account: Mapping[str, Any]) -> int | None:
    """From when on a refresh fetches; None on platforms without engagement."""
    engagement = account["data"].get("engagement")
    return None if engagement is None else moment(engagement["refresh_since"])


def moment(naive: str) -> int:
    """The instant that `instant.naive` has written."""
    return instant.from_datetime(datetime.fromisoformat(naive).replace(tzinfo=UTC))
