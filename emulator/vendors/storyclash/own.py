"""Campaigns that a recipe brings along, each as Campaign Data answers it: on one page, or on several."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.contract.component import component
from emulator.vendors.storyclash import tables
from emulator.vendors.storyclash.pages import Block, block_of
from emulator.world.own import Own
from emulator.world.population import Recipe
from emulator.world.projection import Projected


def _key(body: dict[str, Any]) -> Projected:
    yield tables.campaigns, {"id": body["campaign"]["id"]}


def _together(_: Recipe, objects: Mapping[str, Sequence[dict[str, Any]]]) -> Projected:
    for campaign in _whole(objects.get("campaigns", ())):
        yield from _rows(campaign)


def _whole(pages: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All pages of a campaign as one; what is on two of them is what it is on the later one."""
    for campaign in {page["campaign"]["id"]: page["campaign"] for page in pages}.values():
        its = [page for page in pages if page["campaign"]["id"] == campaign["id"]]
        posts = {post["id"]: post for page in its for post in page["posts"]}
        creators = {creator["id"]: creator for page in its for creator in page["creators"]}
        yield {"campaign": campaign, "posts": list(posts.values()), "creators": list(creators.values())}


def _rows(body: dict[str, Any]) -> Projected:
    campaign, blocks = body["campaign"], dict[int, Block]()
    period = {"kind": campaign["type"], "starts": campaign["from"], "ends": campaign["to"]}
    yield tables.campaigns, {"id": campaign["id"], **period, "body": orjson.dumps(campaign)}
    for post in body["posts"]:
        row = {"campaign_id": campaign["id"], "id": post["id"], "date": post["date"]}
        yield tables.posts, {**row, "growth": None, "body": orjson.dumps(post)}
        number = block_of(post["id"])
        blocks[number] = blocks.get(number, Block(0, post["date"], post["date"])).with_one(post["date"])
    for number, block in blocks.items():
        yield tables.blocks, {"campaign_id": campaign["id"], "block": number, **block.columns}
    for creator in body["creators"]:
        row = {"campaign_id": campaign["id"], "id": creator["id"]}
        yield tables.creators, {**row, "body": orjson.dumps(creator)}


_PARTS: Final = tuple((table, "campaign_id") for table in (tables.posts, tables.blocks, tables.creators))
OBJECTS: Final = {
    "campaigns": Own(component("storyclash", "CampaignData"), _key, parts=_PARTS, together=_together, pages=True)
}
