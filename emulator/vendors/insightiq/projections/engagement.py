"""The population as Engagement shows it: what the profiles of connected accounts have published.

At a world's beginning, an account's last sync has fetched what was published in the 90 days before (`refresh_since`,
facts/insightiq.md, 5.4). The rest is stored, but not fetched yet.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from emulator.vendors.insightiq import contents
from emulator.vendors.insightiq.comment_texts import Thread
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.projections.granted import Granted, granted
from emulator.vendors.insightiq.projections.groups import groups_of
from emulator.vendors.insightiq.projections.publications import publications_of
from emulator.vendors.insightiq.tables import engagement as tables
from emulator.world import ids, instant
from emulator.world.population import Cast, Creator, Post
from emulator.world.projection import Projected

_FORMATS: Final = {"Photo": "IMAGE", "Video": "VIDEO", "Status": "TEXT"}

# Everything else is a VIDEO. Types that no sample has are named after the platforms' own words (assumed).
_TYPES: Final = {
    ("Instagram", "Post"): "FEED",
    ("Instagram", "Reel"): "REELS",
    ("Instagram", "Story"): "STORY",
    ("Facebook", "Post"): "POST",
    ("X", "Post"): "TWEET",
    ("LinkedIn", "Post"): "POST",
    ("Twitch", "Video"): "STREAM",
}
_THUMBNAIL: Final = "https://media-resources.getphyllo.com/public/acc_cont_{}/thumbnail_url"  # observed


class EngagementProjection:
    """Contents, content groups and publications of every account on a platform with engagement."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._sponsors = {brand.id: f"@{brand.handle}" for brand in cast.brands}
        self._granted: dict[int, list[Granted]] = defaultdict(list)
        for access in granted(cast):
            self._granted[access.account.creator_id].append(access)

    def of_world(self) -> Projected:
        return iter(())

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        for access in self._granted.get(creator.id, ()):
            profile = access.account.profile
            own = [(post, _growth(creator, access, post)) for post in posts if post.profile.id == profile.id]
            for post, growth in own:
                yield tables.contents, self._content(access, post, growth)
            for group in groups_of(self._cast.seed, access, own):
                yield tables.content_groups, group
            for publication in publications_of(self._cast, creator, access):
                yield tables.publications, publication

    def of_post(self, creator: Creator, post: Post) -> Projected:
        """A post by itself, which may be one of no group."""
        for access in self._granted.get(creator.id, ()):
            if access.account.profile.id == post.profile.id:
                yield tables.contents, self._content(access, post, _growth(creator, access, post))

    def _content(self, access: Granted, post: Post, growth: Growth) -> dict[str, Any]:
        content_id = ids.uuid(self._cast.seed, "insightiq content", post.uuid)
        sponsor = self._sponsors.get(post.sponsored_by or 0)
        rest = {
            **_shown(access, post, content_id, instant.naive(growth.thread.published)),
            "sponsored": sponsor and {"is_sponsored": True, "tags": sponsor},
            "collaboration": None,  # nobody in the population posts together with others
            "is_owned_by_platform_user": True,
        }
        return access.row(content_id, growth.thread.published, growth.packed(), contents.of_content, rest)


def _growth(creator: Creator, access: Granted, post: Post) -> Growth:
    published = instant.from_datetime(post.published_at)
    thread = Thread(post.uuid, creator.language, published, post.reception)
    return Growth(access.platform, thread, post.media[0].duration if post.media else 0)


def _shown(access: Granted, post: Post, id: str, published: str) -> dict[str, Any]:
    """The keys between `engagement` and `sponsored`.

    A tweet's text is its title, as in the sample; other texts without a title lend their first line. Hashtags and
    mentions have no sign (assumed).
    """
    first, tweet = post.media[0] if post.media else None, access.platform == "X"
    return {
        "external_id": post.external_id,
        "title": post.caption if tweet else post.title or post.caption.partition("\n")[0],
        "format": _FORMATS[post.format],
        "type": _TYPES.get((access.platform, post.kind), "VIDEO"),
        "url": post.url,
        "media_url": first and first.content_url,
        "duration": first.duration if first and access.platform == "YouTube" else None,
        "description": None if tweet else post.caption,
        "hashtags": post.hashtags or None,
        "mentions": post.mentions or None,
        "visibility": "PUBLIC",
        "thumbnail_url": first and first.display_url,
        "persistent_thumbnail_url": first and _THUMBNAIL.format(id),
        "published_at": published,
        "platform_profile_id": post.profile.external_id,
        "platform_profile_name": post.profile.display_name,
        **dict.fromkeys(("authors", "audience", "platform", "content_tags")),  # of publications
    }
