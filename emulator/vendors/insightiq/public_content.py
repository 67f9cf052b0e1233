"""Public Content, what is answered at once (insightiq-v1.txt, "Public Content" 1 and 6).

`offset` counts pages from 0 (assumed, see the contract). How long a page is, is not known: ten, as in other lists.
"""

from typing import Any, Final

import orjson

from emulator.vendors.insightiq import comment_texts, public_posts
from emulator.vendors.insightiq.comment_texts import Comment
from emulator.world import ids, instant
from emulator.world.world import World

PAGE: Final = 10
_FARTHEST: Final = 2**31  # page; nothing is that far, and the database counts in 64 bits


def fetch_contents(world: World, body: dict[str, Any]) -> bytes:
    """The public posts of a profile, newest first, or a single post, as the only one of the first page.

    404 `incorrect_work_platform_id`, `incorrect_profile_id` or `incorrect_content_id`. The answer's id is the same for
    the same question.
    """
    platform = public_posts.platform(world, body["work_platform_id"])
    if "content_url" in body:
        posts = [public_posts.post(world, platform, body["content_url"])]
        shown = posts if body["offset"] == 0 else []
    else:
        profile = public_posts.profile(world, platform, body["profile_url"])
        shown = public_posts.page(world, profile, body["content_type"], _first(body), PAGE)
    data = b",".join(post.shown(platform, world.now) for post in shown)
    answer = ids.uuid(world.seed, "contents fetch", orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode())
    return b'{"id":"%b","status":"SUCCESS","data":[%b]}' % (answer.encode(), data)


def list_content_comments(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """The comments below a public post, newest first.

    404 `incorrect_work_platform_id` or `incorrect_content_id`.
    """
    platform = public_posts.platform(world, body["work_platform_id"])
    post = public_posts.post(world, platform, body["content_url"])
    beginning = {"work_platform": orjson.Fragment(platform.attribute), "content_url": body["content_url"]}
    comments = comment_texts.page(post.thread, world.now, _first(body), PAGE)
    return {"data": [{**beginning, **_comment(comment)} for comment in comments]}


def _first(body: dict[str, Any]) -> int:
    return min(int(body["offset"]), _FARTHEST) * PAGE


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "text": comment.text,
        "commenter_username": comment.username,
        "commenter_display_name": comment.display_name,
        "like_count": comment.likes,
        "reply_count": comment.replies,
        "published_at": instant.naive(comment.published),
    }
