"""The mutations of the Partners API, version 1 (archive-partners-v1.txt).

Each may be repeated without harm: what is there already stays as it is. What is unknown to the shop is null or false.
"""

from typing import Any

from graphql import GraphQLError

from emulator.vendors.archive import item_collections, tracking
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.partners import community, labels, subscriptions


def creator_add_tag(shop: Shop, id: str, name: str) -> dict[str, Any] | None:
    number = community.number_of(id)
    found = None if number is None else community.find_creator(shop, number)
    return _tagged(shop, "creator", found, name)


def media_item_add_tag(shop: Shop, id: str, name: str) -> dict[str, Any] | None:
    return _tagged(shop, "media_item", community.media_item_of_id(shop, id), name)


def creator_tracking_start(shop: Shop, id: int) -> dict[str, Any] | None:
    return _tracked(shop, id, on=True)


def creator_tracking_stop(shop: Shop, id: int) -> dict[str, Any] | None:
    return _tracked(shop, id, on=False)


def media_item_add_to_collection(
    shop: Shop, id: str, collection_id: str | None = None, collection_name: str | None = None
) -> bool:
    """Whether the item is in the collection now."""
    item = community.media_item_of_id(shop, id)
    if item is None:
        return False
    chosen = _collection(shop, collection_id, collection_name)
    if chosen is None:
        return False
    item_collections.add(shop, chosen, int(item["id"]))
    return True


def webhook_subscription_create(shop: Shop, version: str, event: str, callback_url: str) -> dict[str, Any]:
    return subscriptions.create(shop, version, event, callback_url)


def webhook_subscription_delete(shop: Shop, event: str) -> bool:
    """Whether there was any."""
    return subscriptions.delete(shop, event)


def _collection(shop: Shop, id: str | None, name: str | None) -> int | None:
    """The id decides if it is given; a name that no collection has makes a new one. A blank one names nothing."""
    if id is not None:
        number = community.number_of(id)
        return None if number is None else item_collections.of_id(shop, number)
    if name is None or not name.strip():
        return None
    known = item_collections.of_name(shop, name)
    return item_collections.create(shop, name) if known is None else known


def _tagged(shop: Shop, kind: labels.Kind, found: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    """Raises GraphQLError for a blank name (assumed, in the words of Rails)."""
    if not name.strip():
        raise GraphQLError("Name can't be blank")
    return None if found is None else labels.tag(shop, kind, int(found["id"]), name)


def _tracked(shop: Shop, id: int, *, on: bool) -> dict[str, Any] | None:
    found = community.find_creator(shop, id)
    if found is not None:
        tracking.turn(shop, id, on=on)
    return found
