"""Campaign Data, and the list of campaigns (storyclash.txt; facts/storyclash.md, sections 2 and 3)."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select

from emulator.contract.document import load
from emulator.vendors.storyclash import tables
from emulator.vendors.storyclash.dialect import StoryclashError
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

_PROMISED: Final = load("storyclash")["paths"]["/external-api/campaign/{campaign_id}"]["get"]["x-limits"]
PAGE_SIZE: Final[int] = _PROMISED["page_size"]["value"]
MAX_POSTS: Final[int] = _PROMISED["max_posts"]["value"]

_FOREVER: Final = 2**62  # seconds; more than any integer that a parameter can be

_C, _P, _R = tables.campaigns, tables.posts, tables.creators

_CAMPAIGNS = Statement(select(_C.c.body).where(own(_C)).order_by(_C.c.id))
_CAMPAIGN = Statement(select(_C.c.body).where(own(_C), _C.c.id == bindparam("id")))
_CREATORS = Statement(select(_R.c.body).where(own(_R), _R.c.campaign_id == bindparam("id")).order_by(_R.c.id))


def _posts(what: Any) -> Select[Any]:
    """The posts of a campaign's period from `from` to `to`, both included (assumed)."""
    period = _P.c.date.between(bindparam("from"), bindparam("to"))
    return select(what).where(own(_P), _P.c.campaign_id == bindparam("id"), period)


_PAGE = Statement(_posts(_P.c.body).order_by(_P.c.id).limit(bindparam("limit")).offset(bindparam("offset")))
_COUNT = Statement(select(func.count()).select_from(_posts(_P.c.id).limit(MAX_POSTS + 1).subquery()))


def list_campaigns(world: World) -> bytes:
    return b"[%b]" % _joined(world.rows(_CAMPAIGNS))


def get_campaign(world: World, campaign_id: int, page: int, from_: int | None, to: int | None) -> bytes:
    """One page of posts, by rising id, and all creators.

    `from` and `to` narrow the campaign's own period and cannot widen it (reported). A page after the last one with
    posts is an error (reported); more than 250,000 posts are `Maximum results reached` (documented).
    """
    campaign = world.row(_CAMPAIGN, id=campaign_id)
    if campaign is None:
        raise StoryclashError("Campaign not found")
    asked = {
        "id": campaign_id,
        "from": -_FOREVER if from_ is None else from_,
        "to": _FOREVER if to is None else to,
    }
    if asked["from"] > asked["to"]:
        raise StoryclashError("Malformed input, from needs to be before to")
    posts = _page_of_posts(world, page, asked)
    more = b"true" if len(posts) > PAGE_SIZE else b"false"
    shown, creators = _joined(posts[:PAGE_SIZE]), _joined(world.rows(_CREATORS, id=campaign_id))
    parts = (campaign[0], shown, creators, more)
    return b'{"campaign":%b,"posts":[%b],"creators":[%b],"hasMoreResults":%b}' % parts


def _page_of_posts(world: World, page: int, asked: dict[str, int]) -> list[Row]:
    """With one post more than the page has, if there is one."""
    count = world.row(_COUNT, **asked)
    total = int(count[0]) if count else 0
    if total > MAX_POSTS:
        raise StoryclashError("Maximum results reached")
    offset = (page - 1) * PAGE_SIZE
    if offset >= max(total, 1):
        raise StoryclashError("Page not found")
    return world.rows(_PAGE, limit=PAGE_SIZE + 1, offset=offset, **asked)


def _joined(rows: list[Row]) -> bytes:
    return b",".join([row[0] for row in rows])
