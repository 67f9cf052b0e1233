"""The population as Public Content shows it: what anybody can see, connected or not."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import addresses
from emulator.vendors.insightiq.projections.connect import work_platforms
from emulator.vendors.insightiq.tables import public_content as tables
from emulator.world import instant
from emulator.world.population import Cast, Creator, Post, Profile
from emulator.world.projection import Projected

_SHOWN_AS: Final = {"Twitter": "X"}  # the vendor's name for a platform where the cast has another
_FORMATS: Final = {"Photo": "IMAGE", "Video": "VIDEO", "Status": "TEXT"}

# By platform and kind: the `content_type` that asks for such a post, and the `type` that it is shown with. The
# documentation has no word for a post of Instagram; what YouTube and TikTok have is a VIDEO, as in the sample.
_TYPES: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("Instagram", "Reel"): ("REELS", "REELS"),
    ("Instagram", "Story"): ("STORY", "STORY"),
    ("X", "Post"): ("TWEETS", "TWEET"),
}
_FILMS: Final = ("TikTok", "YouTube")


class PublicContentProjection:
    """Profiles of the platforms that are served, and all their posts; a private profile shows none."""

    def __init__(self, cast: Cast) -> None:
        self._brands = {brand.id: brand for brand in cast.brands}
        self._brand_names = {brand.handle: brand.name for brand in cast.brands}
        self._profiles = {
            (profile.platform, profile.handle): profile for creator in cast.creators for profile in creator.profiles
        }
        self._platforms = {
            name: str(platform["id"]) for name, platform in work_platforms().items() if addresses.served(name)
        }

    def of_world(self) -> Projected:
        return iter(())

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        for profile in creator.profiles:
            if _platform(profile) in self._platforms:
                yield tables.profiles, self._profile(profile)
        for post in posts:
            if _platform(post.profile) in self._platforms and not post.profile.private:
                yield tables.contents, self._content(creator, post)

    def _profile(self, profile: Profile) -> dict[str, Any]:
        return {
            "id": profile.uuid,
            "work_platform_id": self._platforms[_platform(profile)],
            "handle": profile.handle.lower(),
            "external_id": profile.external_id,
            "body": orjson.dumps(_basics(profile)),
        }

    def _content(self, creator: Creator, post: Post) -> dict[str, Any]:
        platform, published = _platform(post.profile), instant.from_datetime(post.published_at)
        asked, kind = _TYPES.get((platform, post.kind), (None, "VIDEO" if platform in _FILMS else None))
        totals = post.reception.totals
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
            "likes": totals.likes,
            "comments": totals.comments,
            "shares": totals.shares,
            "views": totals.views,
            "pace": post.reception.pace,
            "lifetime": post.reception.lifetime,
            "head": _inside(self._head(post, kind, instant.naive(published))),
            "tail": _inside(_tail(creator, post)),
        }

    def _head(self, post: Post, kind: str | None, published: str) -> dict[str, Any]:
        first = post.media[0] if post.media else None
        return {
            "platform_content_id": post.external_id,
            "title": post.title,
            "format": _FORMATS[post.format],
            "type": kind,
            "url": post.url or None,
            "media_url": first and first.content_url,
            "thumbnail_url": first and first.display_url,
            "subtitles": None,
            "duration": first.duration if first and post.platform == "YouTube" else None,
            "description": post.caption,
            "published_at": published,
            "audio_track_info": None,
            "mentions": [self._named(post, handle) for handle in post.mentions],
            "collaborators": [],
            "sponsors": self._sponsors(post),
            "hashtags": post.hashtags,
            "links": _links(post),
        }

    def _sponsors(self, post: Post) -> list[dict[str, Any]]:
        return [] if post.sponsored_by is None else [self._named(post, self._brands[post.sponsored_by].handle)]

    def _named(self, post: Post, handle: str) -> dict[str, Any]:
        """A profile that a post names; a brand's may not be part of the population."""
        profile = self._profiles.get((post.platform, handle))
        return {
            "platform_username": handle,
            "first_name": profile.display_name if profile else self._brand_names.get(handle),
            "image_url": profile and profile.avatar_url,
            "is_verified": profile is not None and profile.verified,
        }


def _platform(profile: Profile) -> str:
    return _SHOWN_AS.get(profile.platform, profile.platform)


def _basics(profile: Profile) -> dict[str, Any]:
    """The profile inside its contents; YouTube's followers are subscribers."""
    subscribed = profile.platform == "YouTube"
    return {
        "platform_username": profile.handle,
        "url": profile.url,
        "image_url": profile.avatar_url,
        "follower_count": None if subscribed else profile.followers,
        "subscriber_count": profile.followers if subscribed else None,
        "is_verified": profile.verified,
    }


def _tail(creator: Creator, post: Post) -> dict[str, Any]:
    return {
        "locations": _location(post),
        "likes_and_views_disabled": False,
        "keywords": [],
        "genre": creator.category if post.platform == "YouTube" else None,
    }


def _links(post: Post) -> list[dict[str, Any]]:
    """Of Instagram's stories only (documented)."""
    if post.kind != "Story" or post.link is None:
        return []
    return [{"title": None, "url": post.link, "display_url": post.link}]


def _location(post: Post) -> dict[str, Any] | None:
    """Of Instagram's stories only (documented)."""
    place = post.location
    if post.kind != "Story" or place is None:
        return None
    return {"name": place.name, "address": place.address, "city": place.city, "lat": place.lat, "lng": place.lng}


def _inside(members: dict[str, Any]) -> bytes:
    """The members of an object without its braces."""
    return orjson.dumps(members)[1:-1]
