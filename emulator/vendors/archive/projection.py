"""The population as Archive has captured it: Instagram, TikTok and, for version 2 only, YouTube."""

from collections.abc import Sequence
from typing import Final

import orjson

from emulator.vendors.archive import listening, rows, saved_filters, tables
from emulator.vendors.archive.partners.audience import report
from emulator.vendors.archive.partners.shapes import PROVIDERS
from emulator.world import ids, instant
from emulator.world.population import Campaign, Cast, Creator, Post, Profile
from emulator.world.projection import Projected

_TRACKED: Final = 0.8  # the part of a community that is tracked at the epoch (assumed)


def workspace_id(shop: int) -> str:
    """The same in all worlds, as shops come from recipes and clients have the id in their configuration."""
    return ids.uuid(0, "archive workspace", shop)


class ArchiveProjection:
    """Each creator is in the community of one shop, which has captured all that they published up to the epoch.

    Each campaign is one of a shop, and a collection of what was published for it. A shop is a workspace in version 2.
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
            yield tables.shops, {"id": shop.id, "uuid": workspace_id(shop.id), "name": shop.name}
            yield from self._brands(shop.id)
            yield from self._presets(shop.id)
            yield from self._sources(shop.id)
        for campaign in self._cast.campaigns if self._shops else ():
            if campaign.id in self._campaigns:
                yield from self._of_campaign(campaign)

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        if not self._shops:
            return
        shop = self._shop(creator.id)
        yield tables.people, rows.person_row(self._cast.seed, shop, creator)
        for profile in creator.profiles:
            if profile.platform in rows.PROVIDERS:
                yield from self.of_profile(shop, creator, profile)
        for post in posts:
            if post.platform in rows.PROVIDERS:
                yield from self._of_post(shop, post)

    def _of_campaign(self, campaign: Campaign) -> Projected:
        begun = instant.from_datetime(campaign.starts)
        row = {"shop_id": self._shop(campaign.id), "id": campaign.id, "name": campaign.name, "created_at": begun}
        yield tables.campaigns, {**row, "uuid": self._uuid("campaign", campaign.id)}
        yield tables.collections, {**row, "uuid": self._uuid("collection", campaign.id), "updated_at": begun}

    def _brands(self, shop: int) -> Projected:
        """The first brand of the cast is the shop's own; the others compete with it (assumed)."""
        for place, brand in enumerate(self._cast.brands):
            uuid = self._uuid("brand", shop, brand.id)
            row = {"shop_id": shop, "id": brand.id, "uuid": uuid, "name": brand.name, "handle": brand.handle}
            yield tables.brands, {**row, "own": int(place == 0)}

    def _sources(self, shop: int) -> Projected:
        own = next(iter(self._cast.brands), None)
        running = [each for each in self._cast.campaigns if each.id in self._campaigns and self._shop(each.id) == shop]
        return listening.sources(self._cast.seed, shop, own, running)

    def _presets(self, shop: int) -> Projected:
        own = next(iter(self._cast.brands), None)
        creators = (each for each in self._cast.creators if self._shop(each.id) == shop)
        campaigns = (self._uuid("campaign", each) for each in sorted(self._campaigns) if self._shop(each) == shop)
        return saved_filters.presets(self._cast.seed, shop, own, creators, campaigns)

    def of_profile(self, shop: int, creator: Creator, profile: Profile) -> Projected:
        """An account, as a shop knows it."""
        chance = self._cast.origin.stream("archive tracking", profile.id).random() < _TRACKED
        tracked = self._cast.tracked.get(creator.id, chance)
        authorized = profile.id in self._authorized
        yield tables.creators, rows.creator_row(shop, creator, profile, authorized=authorized, tracked=tracked)
        if rows.PROVIDERS[profile.platform] in PROVIDERS:
            audience = orjson.dumps(report(self._cast.audience_of(creator, profile)))
            yield tables.audience_reports, {"shop_id": shop, "creator_id": profile.id, "body": audience}

    def _of_post(self, shop: int, post: Post) -> Projected:
        yield tables.media_items, rows.media_item_row(self._cast.seed, shop, post, post.id)
        for campaign in post.campaign_ids:
            if campaign in self._campaigns and self._shop(campaign) == shop:
                yield tables.campaign_items, {"shop_id": shop, "campaign_id": campaign, "media_item_id": post.id}
                yield tables.collected, {"shop_id": shop, "collection_id": campaign, "media_item_id": post.id}

    def _uuid(self, kind: str, *name: int) -> str:
        return ids.uuid(self._cast.seed, f"archive {kind}", *name)

    def _shop(self, id: int) -> int:
        return self._shops[id % len(self._shops)]
