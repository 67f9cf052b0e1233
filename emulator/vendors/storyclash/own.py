"""Campaigns that a recipe brings along, each as Campaign Data answers it: with all of its posts and creators."""

from typing import Any, Final

import orjson

from emulator.contract.component import component
from emulator.vendors.storyclash import tables
from emulator.vendors.storyclash.pages import Block, block_of
from emulator.world.own import Own
from emulator.world.projection import Projected


def _campaigns(body: dict[str, Any]) -> Projected:
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
OBJECTS: Final = {"campaigns": Own(component("storyclash", "CampaignData"), _campaigns, parts=_PARTS)}
