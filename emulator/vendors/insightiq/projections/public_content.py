"""The population as Public Content shows it: what anybody can see, connected or not."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.vendors.insightiq.creator_profiles import vendor_name
from emulator.vendors.insightiq.projections import public_content_shapes as shapes
from emulator.vendors.insightiq.projections.connect import work_platforms
from emulator.vendors.insightiq.public_posts import FETCHED, PROFESSIONAL
from emulator.vendors.insightiq.tables import public_content as tables
from emulator.world import instant
from emulator.world.population import Cast, Creator, Post, Profile
from emulator.world.projection import Projected

# By platform and kind: the `content_type` that asks for such a post, and the `type` that it is shown with. The
# documentation has no word for a post of Instagram; what YouTube and TikTok have is a VIDEO, as in the sample.
_TYPES: Final[Mapping[tuple[str, str], tuple[str | None, str]]] = {
    ("Instagram", "Reel"): ("REELS", "REELS"),
    ("Instagram", "Story"): ("STORY", "STORY"),
    ("X", "Post"): ("TWEETS", "TWEET"),
    ("Facebook", "Post"): (None, "POST"),
    ("LinkedIn", "Post"): (None, "POST"),
    ("Snapchat", "Spotlight"): (None, "SPOTLIGHT"),
}
_FILMS: Final = ("TikTok", "YouTube", "Facebook")


class PublicContentProjection:
    """Profiles of the platforms that are served, by one call or another; a private profile shows no posts."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._head = shapes.Head(cast)
        self._platforms = {name: str(work_platforms()[name]["id"]) for name in (*FETCHED, *PROFESSIONAL)}

    def of_world(self) -> Projected:
        return iter(())

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        for profile in creator.profiles:
            if vendor_name(profile.platform) in self._platforms:
                yield tables.profiles, self._profile(creator, profile)
        for post in posts:
            yield from self.of_post(creator, post)

    def of_post(self, creator: Creator, post: Post) -> Projected:
        if vendor_name(post.platform) in self._platforms and not post.profile.private:
            yield tables.contents, self._content(creator, post)

    def _profile(self, creator: Creator, profile: Profile) -> dict[str, Any]:
        return {
            "id": profile.uuid,
            "work_platform_id": self._platforms[vendor_name(profile.platform)],
            "handle": profile.handle.lower(),
            "external_id": profile.external_id,
            "name": profile.display_name,
            "organisation": int(creator.kind != "influencer"),
            "body": shapes.profile(profile),
            "followers": profile.followers,
            "monthly_growth": profile.monthly_growth,
            "audience": self._audience(creator, profile) if profile.platform == "Snapchat" else None,
        }

    def _audience(self, creator: Creator, profile: Profile) -> bytes:
        audience = self._cast.audience_of(creator, profile)
        return orjson.dumps({"genders_and_ages": audience.genders_and_ages, "countries": audience.countries})

    def _content(self, creator: Creator, post: Post) -> dict[str, Any]:
        platform, published = vendor_name(post.platform), instant.from_datetime(post.published_at)
        asked, kind = _TYPES.get((platform, post.kind), (None, "VIDEO" if platform in _FILMS else None))
        return {
            "id": post.uuid,
            "work_platform_id": self._platforms[platform],
            "profile_id": post.profile.uuid,
            "external_id": post.external_id,
            "content_type": asked,
            "language": creator.language,
            "film": int(post.format == "Video"),
            "published_at": published,
            "expires_at": published + instant.DAY if post.kind == "Story" else instant.LATEST,
            **_reception(post),
            "head": self._head.of(post, kind),
            "tail": shapes.tail(creator, post),
        }


def _reception(post: Post) -> dict[str, Any]:
    totals = post.reception.totals
    return {
        "likes": totals.likes,
        "comments": totals.comments,
        "shares": totals.shares,
        "views": totals.views,
        "pace": post.reception.pace,
        "lifetime": post.reception.lifetime,
    }
