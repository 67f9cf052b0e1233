"""Why a post is written: for a campaign, for a brand, about a friend, or just so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from emulator.world.population import vocabulary
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.market import Brand, Campaign
from emulator.world.population.platforms import PlatformName

_JOINS = 0.75  # chance that a post in a campaign's period belongs to the campaign
_PAID = 0.05
_MENTIONS_BRAND = 0.08
_MENTIONS_PEER = {"influencer": 0.1, "media": 0.3, "brand": 0.4}


@dataclass(frozen=True, slots=True)
class Occasion:
    """`brand` is mentioned, and pays if `paid`. Hashtags and mentions are those that the occasion asks for."""

    topic: str
    brand: Brand | None = None
    paid: bool = False
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    campaign_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom and what posts can be about. `engagements` are the campaigns that each creator contributes to, by id."""

    brands: Sequence[Brand]
    engagements: Mapping[int, Sequence[Campaign]]
    peers: Mapping[str, Sequence[Creator]]

    def occasion(self, source: Random, creator: Creator, platform: PlatformName, at: datetime) -> Occasion:
        running = [entry for entry in self.engagements.get(creator.id, ()) if entry.starts <= at <= entry.ends]
        reports = tuple(entry.id for entry in running if entry.kind == 2)
        campaigns = [entry for entry in running if entry.kind == 1]
        if campaigns and source.random() < _JOINS:
            campaign = source.choice(campaigns)
            return self._joint(creator, campaign, (campaign.id, *reports))
        brand, paid = self._chance(source, creator)
        topic = source.choices(creator.topics, (6, 2, 1)[: len(creator.topics)])[0]
        if brand:
            tags = (_disclosure(creator),) if paid else ()
            topic = brand.topic if brand.topic in creator.topics else topic
            return Occasion(topic, brand, paid, tags, (brand.handle,), reports)
        return Occasion(topic, mentions=self._peer(source, creator, platform, topic), campaign_ids=reports)

    def _joint(self, creator: Creator, campaign: Campaign, campaign_ids: tuple[int, ...]) -> Occasion:
        brand = next((brand for brand in self.brands if brand.id == campaign.brand_id), None)
        if not brand:
            return Occasion(campaign.topic, hashtags=(campaign.hashtag,), campaign_ids=campaign_ids)
        tags = (_disclosure(creator), campaign.hashtag)
        return Occasion(campaign.topic, brand, True, tags, (brand.handle,), campaign_ids)

    def _chance(self, source: Random, creator: Creator) -> tuple[Brand | None, bool]:
        """A brand that happens to be mentioned, and whether it pays. Brands do not mention each other."""
        draw = source.random()
        if draw > _PAID + _MENTIONS_BRAND or creator.kind == "brand" or not self.brands:
            return None, False
        fitting = [brand for brand in self.brands if brand.topic in creator.topics]
        return source.choice(fitting or self.brands), draw < _PAID

    def _peer(self, source: Random, creator: Creator, platform: PlatformName, topic: str) -> tuple[str, ...]:
        """Somebody with the same topic, if the one who comes to mind is on the platform."""
        if source.random() > _MENTIONS_PEER[creator.kind] or topic not in self.peers:
            return ()
        peer = source.choice(self.peers[topic])
        return tuple(_handles(peer.profiles, platform)) if peer is not creator else ()


def _handles(profiles: Sequence[Profile], platform: PlatformName) -> list[str]:
    return [profile.handle for profile in profiles if profile.platform == platform]


def _disclosure(creator: Creator) -> str:
    return vocabulary.languages()[creator.language].ad
