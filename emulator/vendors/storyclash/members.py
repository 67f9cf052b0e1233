"""Who and what comes to campaigns after a world's beginning: imported creators, and what is published later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.storyclash import shapes, tables
from emulator.vendors.storyclash.pages import Block, block_of
from emulator.vendors.storyclash.projection import CampaignsProjection
from emulator.world.life import Publication, later_posts
from emulator.world.population import Campaign, Cast, Creator, Participant, Post
from emulator.world.store import Statement
from emulator.world.world import World, own

_R, _F, _M = tables.creators, tables.imported_feeds, tables.imported_members
_P, _B = tables.later_posts, tables.later_blocks
_FEED: Final = Statement(select(_F.c.id).where(own(_F), _F.c.id == bindparam("id")))
_CAMPAIGNS_OF: Final = Statement(select(_M.c.campaign_id).where(own(_M), _M.c.creator_id == bindparam("creator")))
_CREATOR: Final = Statement(
    select(_R.c.body).where(own(_R), _R.c.campaign_id == bindparam("campaign"), _R.c.id == bindparam("creator"))
)
_POST: Final = Statement(
    select(_P.c.id).where(own(_P), _P.c.campaign_id == bindparam("campaign"), _P.c.id == bindparam("post"))
)
_BLOCK: Final = Statement(
    select(_B.c.posts, _B.c.first, _B.c.last).where(
        own(_B), _B.c.campaign_id == bindparam("campaign"), _B.c.block == bindparam("block")
    )
)


def published(world: World, publication: Publication) -> None:
    """A post comes to the campaigns that it was written for, and to those that imports have put its creator into."""
    cast, post = publication.cast, publication.post
    imported = {row[0] for row in world.rows(_CAMPAIGNS_OF, creator=post.creator_id)}
    found = [campaign.id for campaign in cast.campaigns if campaign.id in imported and _finds(cast, campaign, post)]
    _add(world, cast, post, [*post.campaign_ids, *found])


def is_known(world: World, cast: Cast, creator: int, feed: int) -> bool:
    """Whether a campaign or an earlier import has brought the feed."""
    booked = any(creator in campaign.creator_ids for campaign in cast.campaigns)
    return booked or world.row(_FEED, id=feed) is not None


def admit(
    world: World, cast: Cast, creator_id: int, feed: int, campaign_id: int | None, fields: Sequence[Mapping[str, Any]]
) -> None:
    """A creator is imported; into a campaign, unless it is None."""
    if world.row(_FEED, id=feed) is None:
        world.insert(_F, id=feed)
    if campaign_id is None:
        return
    row = world.row(_CREATOR, campaign=campaign_id, creator=creator_id)
    if row is not None:
        _note(world, campaign_id, creator_id, orjson.loads(row[0]), fields)
        return
    (creator,) = (each for each in cast.creators if each.id == creator_id)
    (campaign,) = (each for each in cast.campaigns if each.id == campaign_id)
    member = CampaignsProjection(cast).member(campaign_id, creator, Participant(creator_id))
    world.insert(_M, creator_id=creator_id, campaign_id=campaign_id)
    world.insert(_R, **{**member, "body": _noted(orjson.loads(member["body"]), fields)})
    for post in _posts(world, cast, creator):
        if _finds(cast, campaign, post):
            _add(world, cast, post, [campaign_id])


def _note(
    world: World, campaign_id: int, creator_id: int, shown: dict[str, Any], fields: Sequence[Mapping[str, Any]]
) -> None:
    if fields:
        world.update(_R, {"campaign_id": campaign_id, "id": creator_id}, body=_noted(shown, fields))


def _noted(shown: dict[str, Any], fields: Iterable[Mapping[str, Any]]) -> bytes:
    """The creator with these values; the others stay."""
    kept = {field["id"]: field for field in shown["additionalFields"]} | {field["id"]: field for field in fields}
    return orjson.dumps({**shown, "additionalFields": list(kept.values())})


def _posts(world: World, cast: Cast, creator: Creator) -> Iterator[Post]:
    yield from cast.posts_of(creator)
    yield from later_posts(cast, creator, world.now)


def _finds(cast: Cast, campaign: Campaign, post: Post) -> bool:
    """Whether the post of an imported creator is one for the campaign: by its hashtag, or by a mention of its brand."""
    brand = next((brand.handle for brand in cast.brands if brand.id == campaign.brand_id), None)
    named = campaign.hashtag in post.hashtags or brand in post.mentions
    return named and campaign.starts <= post.published_at <= campaign.ends


def _add(world: World, cast: Cast, post: Post, campaign_ids: Sequence[int]) -> None:
    if not campaign_ids or not shapes.shows(post):
        return
    projection = CampaignsProjection(cast)
    for campaign_id in campaign_ids:
        if world.row(_POST, campaign=campaign_id, post=post.id) is None:  # published and imported at one instant
            row = projection.post(campaign_id, post)
            world.insert(_P, **row)
            _count(world, row)


def _count(world: World, row: Mapping[str, Any]) -> None:
    key, date = {"campaign_id": row["campaign_id"], "block": block_of(row["id"])}, row["date"]
    counted = world.row(_BLOCK, campaign=key["campaign_id"], block=key["block"])
    if counted is None:
        world.insert(_B, **key, **Block(1, date, date).columns)
    else:
        world.update(_B, key, **Block(*counted).with_one(date).columns)
