"""Public contents in the documented key order, in parts around what is not the same at all times: see the tables."""

from typing import Any, Final

import orjson

from emulator.vendors.insightiq.projections.discovery_bodies import counts
from emulator.world import instant
from emulator.world.population import Cast, Creator, Post, Profile

_FORMATS: Final = {"Photo": "IMAGE", "Video": "VIDEO", "Status": "TEXT"}


class Head:
    """The keys from `platform_content_id` to `links`, with the profiles that a post names."""

    def __init__(self, cast: Cast) -> None:
        self._brands = {brand.id: brand for brand in cast.brands}
        self._brand_names = {brand.handle: brand.name for brand in cast.brands}
        self._profiles = {
            (profile.platform, profile.handle): profile for creator in cast.creators for profile in creator.profiles
        }

    def of(self, post: Post, kind: str | None) -> bytes:
        first = post.media[0] if post.media else None
        shown = {
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
            "published_at": instant.naive(instant.from_datetime(post.published_at)),
            "audio_track_info": None,
            "mentions": [self._named(post, handle) for handle in post.mentions],
            "collaborators": [],
            "sponsors": self._sponsors(post),
            "hashtags": post.hashtags,
            "links": _links(post),
        }
        return _inside(shown)

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


def profile(profile: Profile) -> bytes:
    """The profile inside its contents, as of the world's epoch."""
    shown = {
        "platform_username": profile.handle,
        "url": profile.url,
        "image_url": profile.avatar_url,
        **counts(profile),
        "is_verified": profile.verified,
    }
    return orjson.dumps(shown)


def tail(creator: Creator, post: Post) -> bytes:
    """The keys from `locations` on."""
    shown: dict[str, Any] = {
        "locations": _location(post),
        "likes_and_views_disabled": False,
        "keywords": [],
        "genre": creator.category if post.platform == "YouTube" else None,
    }
    return _inside(shown)


def _links(post: Post) -> list[dict[str, Any]]:
    """On social platforms those of Instagram's stories only (documented)."""
    if post.link is None or (post.kind != "Story" and post.platform != "LinkedIn"):
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
