"""Campaigns that a recipe brings along, each as Campaign Data answers it: with all of its posts and creators."""

from typing import Any, Final

import orjson

from emulator.contract.component import component
from emulator.vendors.storyclash import tables
from emulator.world.own import Own
from emulator.world.projection import Projected


def _campaigns(body: dict[str, Any]) -> Projected:
    campaign = body["campaign"]
    yield tables.campaigns, {"id": campaign["id"], "body": orjson.dumps(campaign)}
    for post in body["posts"]:
        row = {"campaign_id": campaign["id"], "id": post["id"], "date": post["date"]}
        yield tables.posts, {**row, "body": orjson.dumps(post)}
    for creator in body["creators"]:
        row = {"campaign_id": campaign["id"], "id": creator["id"]}
        yield tables.creators, {**row, "body": orjson.dumps(creator)}


_PARTS: Final = ((tables.posts, "campaign_id"), (tables.creators, "campaign_id"))
OBJECTS: Final = {"campaigns": Own(component("storyclash", "CampaignData"), _campaigns, parts=_PARTS)}
