"""Content groups, which the population does not have by itself: derived from what a profile has published.

Instagram's are posts of several pictures; YouTube's are playlists of the videos, or the shorts, of a quarter of a year;
Facebook's are albums of a quarter's photos (all assumed).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from emulator.vendors.insightiq import contents
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.projections.granted import Granted
from emulator.world import ids, instant
from emulator.world.population import Post

Published = tuple[Post, Growth]


@dataclass(frozen=True, slots=True)
class Group:
    """`name` tells the groups of a profile apart; `posts` are the oldest first."""

    name: str
    title: str
    type: str
    format: str
    posts: list[Published] = field(default_factory=list)


def groups_of(seed: int, access: Granted, posts: Sequence[Published]) -> Iterator[dict[str, Any]]:
    """Rows; a group is published with its first post, and has the id of none of them."""
    groups: dict[str, Group] = {}
    for published in sorted(posts, key=lambda entry: entry[1].thread.published):
        group = _group(published[0])
        if group is not None:
            groups.setdefault(group.name, group).posts.append(published)
    for group in groups.values():
        yield _row(seed, access, group)


def _group(post: Post) -> Group | None:
    match post.platform, post.kind, post.format:
        case "Instagram", "Post", _ if len(post.media) > 1:
            return Group(post.uuid, post.caption.partition("\n")[0], "ALBUM", "COLLECTION")
        case "YouTube", kind, _:
            return _of_quarter(post, "Videos" if kind == "Video" else "Shorts", "PLAYLIST", "VIDEO")
        case "Facebook", _, "Photo":
            return _of_quarter(post, "Photos", "ALBUM", "IMAGE")
    return None


def _of_quarter(post: Post, name: str, type: str, format: str) -> Group:
    title = f"{name} Q{(post.published_at.month + 2) // 3} {post.published_at.year}"
    return Group(title, title, type, format)


def _row(seed: int, access: Granted, group: Group) -> dict[str, Any]:
    profile, (first, growth) = access.account.profile, group.posts[0]
    published = growth.thread.published
    group_id = ids.uuid(seed, "insightiq content group", profile.id, group.name)
    external_id = first.external_id if group.name == first.uuid else _external_id(seed, first, group.name)
    rest = {
        "external_id": external_id,
        "title": group.title,
        "format": group.format,
        "type": group.type,
        "url": _url(first, external_id),
        "description": first.caption if group.name == first.uuid else None,
        "visibility": "PUBLIC",
        "thumbnail_url": first.media[0].display_url,
        "published_at": instant.naive(published),
        "platform_profile_id": profile.external_id,
        "platform_profile_name": profile.display_name,
        "item_count": 0,
        "media_url": None,
        "media_urls": None,
    }
    return access.row(group_id, published, _growth(group.posts), contents.of_group, rest)


def _growth(posts: Sequence[Published]) -> bytes:
    """As `contents.of_group` reads it."""
    return orjson.dumps(
        [
            [growth.thread.published, [medium.content_url for medium in post.media], growth.packed().decode()]
            for post, growth in posts
        ]
    )


def _external_id(seed: int, post: Post, name: str) -> str:
    prefix, digits = ("PL", 32) if post.platform == "YouTube" else ("", 16)
    number = ids.hexadecimal(seed, "content group", post.profile.id, name, digits=digits)
    return prefix + (number.upper() if prefix else str(int(number, 16) % 10**15))


def _url(post: Post, external_id: str) -> str:
    match post.platform:
        case "YouTube":
            return f"https://www.youtube.com/playlist?list={external_id}"
        case "Facebook":
            return f"https://www.facebook.com/media/set/?set=a.{external_id}"
    return post.url
