"""The population as Archive has captured it: Instagram and TikTok only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson

from emulator.vendors.archive import tables
from emulator.world import instant
from emulator.world.population import Cast, Creator, Engagement, Media, Post, Profile
from emulator.world.projection import Projected

_PROVIDERS: Final = {"Instagram": "INSTAGRAM", "TikTok": "TIKTOK"}
_TYPES: Final = {"Post": "POST", "Reel": "REEL", "Story": "STORY", "Video": "TIKTOK"}


class PartnersProjection:
    """Each creator is in the community of one shop."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._shops = [shop.id for shop in cast.recipe.shops]
        self._authorized = {
            account.profile.id for user in cast.users for account in user.accounts if account.status == "CONNECTED"
        }

    def of_world(self) -> Projected:
        for shop in self._cast.recipe.shops:
            yield tables.shops, {"id": shop.id, "name": shop.name}

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        if not self._shops:
            return
        shop = self._shops[creator.id % len(self._shops)]
        for profile in creator.profiles:
            if profile.platform in _PROVIDERS:
                yield tables.creators, _creator(shop, profile, profile.id in self._authorized)
        for post in posts:
            if post.platform in _PROVIDERS:
                yield tables.media_items, _media_item(shop, post, self._cast.epoch)


def _creator(shop: int, profile: Profile, authorized: bool) -> dict[str, Any]:
    provider = _PROVIDERS[profile.platform]
    shown = {
        "accountName": profile.handle,
        "authorized": authorized,
        "avatarUrl": profile.avatar_url,
        "biography": profile.biography,
        "followersCount": profile.followers,
        "followingCount": profile.following,
        "id": profile.id,
        "provider": provider,
        "verified": profile.verified,
    }
    columns = {"shop_id": shop, "id": profile.id, "account_name": profile.handle, "provider": provider}
    return {**columns, "verified": int(profile.verified), "body": orjson.dumps(shown)}


def _media_item(shop: int, post: Post, epoch: datetime) -> dict[str, Any]:
    columns = {
        "shop_id": shop,
        "id": post.id,
        "external_id": post.external_id,
        "creator_id": post.profile.id,
        "provider": _PROVIDERS[post.platform],
        "type": _TYPES[post.kind],
        "usage_rights_status": post.usage_rights,
    }
    return {**columns, "body": orjson.dumps(_shown(post, columns, epoch))}


def _shown(post: Post, columns: dict[str, Any], epoch: datetime) -> dict[str, Any]:
    return {
        "caption": post.caption,
        "contents": [_content(media) for media in post.media],
        "engagement": [_engagement(epoch, post.engagement(epoch), post)],
        "engagementHistory": [_engagement(at, counts, post) for at, counts in post.history(epoch)],
        "externalId": post.external_id,
        "hashtags": post.hashtags,
        "id": str(post.id),
        "location": _location(post),
        "mentions": post.mentions,
        "provider": columns["provider"],
        "takenAt": instant.zulu(instant.from_datetime(post.published_at)),
        "type": columns["type"],
        "usageRightsStatus": post.usage_rights,
    }


def _content(media: Media) -> dict[str, Any]:
    return {
        "contentUrl": media.content_url,
        "displayUrl": media.display_url,
        "height": media.height,
        "id": media.id,
        "type": media.kind,
        "width": media.width,
    }


def _engagement(at: datetime, counts: Engagement, post: Post) -> dict[str, Any]:
    """Plays and views are those of films; a picture has none (documented as "if available")."""
    film = post.format == "Video"
    return {
        "at": instant.zulu(instant.from_datetime(at)),
        "commentCount": counts.comments,
        "likeCount": counts.likes,
        "playCount": counts.plays if film else None,
        "viewCount": counts.views if film else None,
    }


def _location(post: Post) -> dict[str, Any] | None:
    place = post.location
    if place is None:
        return None
    return {"address": place.address, "city": place.city, "lat": place.lat, "lng": place.lng, "name": place.name}
