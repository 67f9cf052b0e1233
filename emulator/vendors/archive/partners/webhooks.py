"""Webhooks: the media item, its attributes in underscore style, to whoever subscribed (facts/archive-v1.md, 6)."""

from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator import resources
from emulator.contract.document import read_yaml
from emulator.contract.parameter import argument_name
from emulator.vendors.archive import tables
from emulator.webhooks import schedules
from emulator.webhooks.outbox import Notification, put
from emulator.world.store import Statement
from emulator.world.vendor import Webhooks
from emulator.world.world import World, own

ITEM_CREATED: Final = "MEDIA_ITEM_CREATED"
HISTORY_ADDED: Final = "MEDIA_ITEM_ENGAGEMENT_HISTORY_CREATED"  # invented: the event is documented, its name is not

_VENDOR: Final = "archive"
_HEADERS: Final = {"content-type": "application/json"}
_PROMISED: Final = read_yaml(resources.contracts() / "archive" / "webhooks.yaml")["x-delivery"]

_S = tables.webhook_subscriptions
_SUBSCRIBED = Statement(
    select(_S.c.id, _S.c.callback_url)
    .where(own(_S), _S.c.shop_id == bindparam("shop"), _S.c.event == bindparam("event"))
    .order_by(_S.c.id)
)
_THERE = Statement(
    select(_S.c.id).where(own(_S), _S.c.shop_id == bindparam("shop"), _S.c.id == bindparam("subscription"))
)


def raised(world: World, shop: int, event: str, media_item: dict[str, Any]) -> None:
    """An event has happened to an item, which is as the SDL names it. Both versions send the same (assumed)."""
    subscribed = world.rows(_SUBSCRIBED, shop=shop, event=event)
    if not subscribed:
        return
    body = orjson.dumps(underscored(media_item | {"id": str(media_item["id"])}))
    event_id = world.new_uuid("archive event")
    for subscription, url in subscribed:
        put(world, Notification(_VENDOR, f"{shop}/{subscription}", url, event, event_id, _HEADERS, body))


def underscored(value: Any) -> Any:
    """The same value, its keys at every depth in the order of the alphabet, as graphql-ruby sorts its fields."""
    if isinstance(value, dict):
        return {argument_name(key): underscored(value[key]) for key in sorted(value)}
    return [underscored(each) for each in value] if isinstance(value, list | tuple) else value


def _active(world: World, endpoint: str) -> bool:
    """Whether the subscription is still there."""
    shop, _, subscription = endpoint.partition("/")
    return world.row(_THERE, shop=int(shop), subscription=int(subscription)) is not None


WEBHOOKS: Final = Webhooks(
    schedule=schedules.promised(_PROMISED),
    active=_active,
    exhausted=lambda _, __: None,  # the subscription stays (assumed)
    verified=lambda _, __, ___: None,  # nothing is signed (assumed)
)
