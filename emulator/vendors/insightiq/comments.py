"""The comments on a content of a connected account, as the owner sees them: made when they are asked for.

They are those that anybody sees below the post (module `comment_texts`), as many as the content's `comment_count`;
unless a recipe has brought comments on the content along, which are then all that there are.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from emulator.vendors.insightiq import comment_texts
from emulator.vendors.insightiq.comment_texts import Comment, Thread
from emulator.vendors.insightiq.contents import moment
from emulator.vendors.insightiq.items import within
from emulator.vendors.insightiq.tables.engagement import comments
from emulator.world import ids, instant
from emulator.world.population.platforms import PLATFORMS, Platform
from emulator.world.store import Row, Statement
from emulator.world.world import World, own


def _brought() -> Select[Any]:
    return select(comments.c.body).where(own(comments), comments.c.content_id == bindparam("content"))


# By the vendor's names of the platforms.
_PLATFORMS: Final[dict[str, Platform]] = {str(name): platform for name, platform in PLATFORMS.items()}
_PLATFORMS["X"] = PLATFORMS["Twitter"]

_ANY: Final = Statement(_brought().limit(1))
_BROUGHT: Final = Statement(
    _brought()
    .where(comments.c.published_at >= bindparam("first"), comments.c.published_at < bindparam("end"))
    .order_by(comments.c.published_at.desc(), comments.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)


def brought(
    world: World, content_id: str, from_date: str | None, to_date: str | None, limit: int, offset: int
) -> Sequence[Row] | None:
    """The bodies of one page of the comments that the recipe has brought along, newest first; None without any."""
    if world.row(_ANY, content=content_id) is None:
        return None
    first, end = within(from_date, to_date)
    return world.rows(_BROUGHT, content=content_id, first=first, end=end, limit=limit, offset=offset)


def numbers(
    content: dict[str, Any], thread: Thread, from_date: str | None, to_date: str | None, limit: int, offset: int
) -> Iterable[int]:
    """The numbers of the comments on one page, newest first; dates are those of the comments."""
    first, end = within(from_date, to_date)
    synced = moment(content["updated_at"])  # when `comment_count` was last taken
    earlier = comment_texts.count(thread, min(first - 1, synced))
    newest = comment_texts.count(thread, min(end - 1, synced)) - 1 - offset
    return range(newest, max(earlier - 1, newest - limit), -1)


def shown(world: World, content: dict[str, Any], thread: Thread, number: int) -> dict[str, Any]:
    """The object in the documented order. `created_at` is the moment of publishing, as in the sample."""
    comment = comment_texts.comment(thread, number, moment(content["updated_at"]))
    name = content["id"], number
    published = instant.naive(comment.published)
    return {
        "id": ids.uuid(world.seed, "insightiq comment", *name),
        "created_at": published,
        "updated_at": None,
        "published_at": published,
        **{key: content[key] for key in ("user", "account", "work_platform")},
        "content": {key: content[key] for key in ("id", "url", "published_at")},
        "external_id": external_id(world, *name),
        "text": comment.text,
        **_commenter(world, content, comment),
        "like_count": comment.likes,
        "reply_count": comment.replies,
    }


def external_id(world: World, content: str, number: int) -> str:
    """The platform's id of a comment on the content of that id."""
    return ids.hexadecimal(world.seed, "comment", content, number, digits=24)


def commenter_id(world: World, username: str) -> str:
    return str(int(ids.hexadecimal(world.seed, "commenter", username, digits=10), 16))


def _commenter(world: World, content: dict[str, Any], comment: Comment) -> dict[str, Any]:
    number = commenter_id(world, comment.username)
    platform = _PLATFORMS[content["work_platform"]["name"]]
    return {
        "commenter_username": comment.username,
        "commenter_display_name": comment.display_name,
        "commenter_id": number,
        "commenter_profile_url": platform.url.format(handle=comment.username, id=number),
    }
