"""The population as Archive has captured it: Instagram and TikTok only."""

from collections.abc import Sequence
from typing import Final

import orjson

from emulator.vendors.archive import shapes, tables
from emulator.vendors.archive.audience import report
from emulator.world.population import Cast, Creator, Post, Profile
from emulator.world.projection import Projected

_TRACKED: Final = 0.8  # the part of a community that is tracked at the epoch (assumed)


class PartnersProjection:
    """Each creator is in the community of one shop, which has captured all that they published up to the epoch.

    Each campaign is a collection of one shop, with what was published for it.
    """

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._shops = [shop.id for shop in cast.recipe.shops]
        self._campaigns = {campaign.id for campaign in cast.campaigns if campaign.kind == 1}
        self._authorized = {
            account.profile.id for user in cast.users for account in user.accounts if account.status == "CONNECTED"
        }

    def of_world(self) -> Projected:
        for shop in self._cast.recipe.shops:
            yield tables.shops, {"id": shop.id, "name": shop.name}
        for campaign in self._cast.campaigns if self._shops else ():
            if campaign.id in self._campaigns:
                shop_id = self._shop(campaign.id)
                yield tables.collections, {"shop_id": shop_id, "id": campaign.id, "name": campaign.name}

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        if not self._shops:
            return
        shop = self._shop(creator.id)
        for profile in creator.profiles:
            if profile.platform in shapes.PROVIDERS:
                yield from self._of_profile(shop, creator, profile)
        for post in posts:
            if post.platform in shapes.PROVIDERS:
                yield from self._of_post(shop, post)

    def _of_profile(self, shop: int, creator: Creator, profile: Profile) -> Projected:
        tracked = self._cast.origin.stream("archive tracking", profile.id).random() < _TRACKED
        authorized = profile.id in self._authorized
        yield tables.creators, shapes.creator_row(shop, profile, authorized=authorized, tracked=tracked)
        audience = orjson.dumps(report(self._cast.audience_of(creator, profile)))
        yield tables.audience_reports, {"shop_id": shop, "creator_id": profile.id, "body": audience}

    def _of_post(self, shop: int, post: Post) -> Projected:
        yield tables.media_items, shapes.media_item_row(shop, post, post.id)
        for campaign in post.campaign_ids:
            if campaign in self._campaigns and self._shop(campaign) == shop:
                yield tables.collected, {"shop_id": shop, "collection_id": campaign, "media_item_id": post.id}

    def _shop(self, id: int) -> int:
        return self._shops[id % len(self._shops)]
