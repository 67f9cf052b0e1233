"""Campaign Data, and the list of campaigns (storyclash.txt; facts/storyclash.md, sections 2 and 3)."""

from typing import Final

from sqlalchemy import bindparam, select

from emulator.contract.document import load
from emulator.vendors.storyclash import figures, tables
from emulator.vendors.storyclash.dialect import StoryclashError
from emulator.vendors.storyclash.pages import Period, Posts
from emulator.world import instant
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

_PROMISED: Final = load("storyclash")["paths"]["/external-api/campaign/{campaign_id}"]["get"]["x-limits"]
PAGE_SIZE: Final[int] = _PROMISED["page_size"]["value"]
MAX_POSTS: Final[int] = _PROMISED["max_posts"]["value"]

_C, _R = tables.campaigns, tables.creators

_CAMPAIGNS = Statement(select(_C.c.body).where(own(_C)).order_by(_C.c.id))
_CAMPAIGN = Statement(select(_C.c.body, _C.c.starts, _C.c.ends).where(own(_C), _C.c.id == bindparam("id")))
_CREATORS = Statement(select(_R.c.body).where(own(_R), _R.c.campaign_id == bindparam("id")).order_by(_R.c.id))


def list_campaigns(world: World) -> bytes:
    return b"[%b]" % _joined(world.rows(_CAMPAIGNS))


def get_campaign(world: World, campaign_id: int, page: int, from_: int | None, to: int | None) -> bytes:
    """One page of posts, by rising id, and all creators.

    `from` and `to` narrow the campaign's own period and cannot widen it (reported). A page after the last one with
    posts is an error (reported); more than 250,000 posts of the period are `Maximum results reached` (documented).
    """
    campaign = world.row(_CAMPAIGN, id=campaign_id)
    if campaign is None:
        raise StoryclashError("Campaign not found", 404)
    posts = Posts(world, _period(campaign_id, campaign, from_, to))
    shown = _page_of_posts(world, posts, page)
    more = b"true" if posts.total > page * PAGE_SIZE else b"false"
    parts = (campaign[0], b",".join(shown), _joined(world.rows(_CREATORS, id=campaign_id)), more)
    return b'{"campaign":%b,"posts":[%b],"creators":[%b],"hasMoreResults":%b}' % parts


def _period(campaign_id: int, campaign: Row, start: int | None, end: int | None) -> Period:
    """The campaign's own one, narrowed; both moments are included (assumed)."""
    _, starts, ends = campaign
    if start is not None and end is not None and start > end:
        raise StoryclashError("Malformed input, from needs to be before to")
    for name, moment in (("from", start), ("to", end)):
        if moment is not None and not starts <= moment <= ends:
            raise StoryclashError(f"Malformed input, {name} needs to be within the campaign")
    return Period(campaign_id, starts if start is None else start, ends if end is None else end)


def _page_of_posts(world: World, posts: Posts, page: int) -> list[bytes]:
    if posts.total > MAX_POSTS:
        raise StoryclashError("Maximum results reached")
    offset = (page - 1) * PAGE_SIZE
    if offset >= max(posts.total, 1):
        raise StoryclashError("Page not found", 404)
    now = world.now / instant.SECOND
    return list(figures.filled(posts.slice(offset, PAGE_SIZE), now))


def _joined(rows: list[Row]) -> bytes:
    return b",".join([row[0] for row in rows])
