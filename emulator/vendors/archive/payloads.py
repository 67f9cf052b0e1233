"""What webhooks send: the media item, its attributes in underscore style (facts/archive-v1.md, section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.contract.parameter import argument_name
from emulator.vendors.archive import tables
from emulator.world.store import Statement
from emulator.world.world import World, own

ITEM_CREATED: Final = "MEDIA_ITEM_CREATED"
HISTORY_ADDED: Final = "MEDIA_ITEM_ENGAGEMENT_HISTORY_CREATED"  # invented: the event is documented, its name is not

_S = tables.webhook_subscriptions
_SUBSCRIBED = Statement(
    select(_S.c.id, _S.c.version, _S.c.callback_url)
    .where(own(_S), _S.c.shop_id == bindparam("shop"), _S.c.event == bindparam("event"))
    .order_by(_S.c.id)
)


@dataclass(frozen=True, slots=True)
class Notification:
    """What one subscription is owed."""

    subscription: int
    version: str
    url: str
    payload: dict[str, Any]


def raised(world: World, shop: int, event: str, media_item: dict[str, Any]) -> Sequence[Notification]:
    """An event has happened to an item, which is as the SDL names it. The notifications are not delivered yet."""
    subscribed = world.rows(_SUBSCRIBED, shop=shop, event=event)
    if not subscribed:
        return ()
    payload = underscored(media_item)
    return [Notification(number, version, url, payload) for number, version, url in subscribed]


def underscored(value: Any) -> Any:
    """The same value, its keys at every depth in the order of the alphabet, as graphql-ruby sorts its fields."""
    if isinstance(value, dict):
        return {argument_name(key): underscored(value[key]) for key in sorted(value)}
    return [underscored(each) for each in value] if isinstance(value, list | tuple) else value
