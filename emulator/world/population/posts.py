"""Posts: each one a function of the world's origin, its creator and its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from emulator.world.population import identifiers, vocabulary
from emulator.world.population.captions import caption
from emulator.world.population.cast import Creator, Location, Post, Profile, UsageRights
from emulator.world.population.media import formats, media
from emulator.world.population.occasions import Occasion, Scene
from emulator.world.population.origin import Origin
from emulator.world.population.platforms import PLATFORMS, Kind, PlatformName
from emulator.world.population.randomness import pick
from emulator.world.population.reception import reception
from emulator.world.population.schedule import Schedule

_ID_GAP = 5
_LOCATED = 0.3
_PAID_RIGHTS: Mapping[UsageRights | None, float] = {"APPROVED": 42, "REQUESTED": 27, "REJECTED": 11, None: 20}
_OTHER_RIGHTS: Mapping[UsageRights | None, float] = {"APPROVED": 12, "REQUESTED": 9, "REJECTED": 4, None: 75}
_HOURS = (1, 0, 0, 0, 0, 1, 3, 6, 7, 6, 5, 6, 8, 7, 5, 5, 6, 9, 12, 13, 12, 9, 5, 2)  # when people post, local time
_TITLED: tuple[PlatformName, ...] = ("YouTube", "Twitch")


@dataclass(frozen=True, slots=True)
class Author:
    """Writes everybody's posts. `first_id` is below the ids of all posts; `sizes` are those that reports have."""

    origin: Origin
    plan: Schedule
    scene: Scene
    sizes: Mapping[int, int]
    first_id: int

    def past(self, creator: Creator) -> list[Post]:
        """Everything up to the epoch, newest last."""
        habits = self.origin.stream("hours", creator.id)
        numbers = self.plan.numbers[creator.id]
        posts = [self._post(creator, number, self._hour(habits, creator, self.plan.time(number))) for number in numbers]
        return sorted(posts, key=lambda post: (post.published_at, post.id))

    def later(self, creator: Creator, nth: int) -> Post:
        return self._post(creator, *self.plan.later(creator.id, nth))

    def _hour(self, habits: Random, creator: Creator, about: datetime) -> datetime:
        """The same local day, at an hour when people post, unless that leaves the history."""
        offset = timedelta(hours=round(creator.lng / 15))
        midnight = (about + offset).replace(hour=0, minute=0, second=0, microsecond=0)
        hour = habits.choices(range(24), _HOURS)[0]
        time = midnight - offset + timedelta(hours=hour, seconds=habits.randrange(3600))
        return time if self.origin.start <= time <= self.origin.epoch else about.replace(microsecond=0)

    def _post(self, creator: Creator, number: int, published: datetime) -> Post:
        source = self.origin.stream("post", creator.id, number)
        profile = self._profile(source, creator)
        kind = pick(source, PLATFORMS[profile.platform].kinds)
        form = pick(source, formats(profile.platform, kind))
        occasion = self.scene.occasion(source, creator, profile.platform, published)
        topic, language = vocabulary.topics()[occasion.topic], vocabulary.languages()[creator.language]
        text = caption(source, topic, language, kind, profile.platform, occasion.hashtags, occasion.mentions)
        post_id = self.first_id + number * _ID_GAP + source.randrange(_ID_GAP)
        external_id = identifiers.post_id(profile.platform, source, published)
        followers = profile.followers_at(published)
        return Post(
            id=post_id,
            uuid=self.origin.uuid("post", post_id),
            creator_id=creator.id,
            profile=profile,
            kind=kind,
            format=form,
            external_id=external_id,
            url=identifiers.post_url(profile.platform, kind, profile.handle, external_id),
            published_at=published,
            title=text.title if profile.platform in _TITLED else None,
            caption=text.text,
            hashtags=text.hashtags,
            mentions=text.mentions,
            media=media(source, post_id, profile.platform, kind, form),
            location=_location(source, creator, topic.venues, language.streets) if source.random() < _LOCATED else None,
            link=_link(source, creator, kind, occasion),
            sponsored_by=occasion.brand.id if occasion.brand and occasion.paid else None,
            usage_rights=_rights(source, occasion),
            campaign_ids=occasion.campaign_ids + self._reports(number),
            reception=reception(source, profile, kind, followers, film=form == "Video", paid=occasion.paid),
        )

    def _reports(self, number: int) -> tuple[int, ...]:
        """Those of a fixed size that the post is in."""
        return tuple(report for report, size in self.sizes.items() if number < size)

    def _profile(self, source: Random, creator: Creator) -> Profile:
        """One of those that can be posted on; the recipe says how often each platform is chosen."""
        weights = self.origin.recipe.platforms
        profiles = [profile for profile in creator.profiles if PLATFORMS[profile.platform].kinds]
        return source.choices(profiles, [weights.get(profile.platform) or 1 for profile in profiles])[0]


def _location(source: Random, creator: Creator, venues: Sequence[str], streets: Sequence[str]) -> Location:
    """A venue in or near the creator's city."""
    return Location(
        name=source.choice(venues),
        address=source.choice(streets).format(number=source.randint(1, 120)),
        city=creator.city,
        lat=round(creator.lat + source.gauss(0, 0.02), 5),
        lng=round(creator.lng + source.gauss(0, 0.02), 5),
    )


def _link(source: Random, creator: Creator, kind: Kind, occasion: Occasion) -> str | None:
    """Stories link more often than posts do, and paid ones lead to who pays."""
    target = occasion.brand.website if occasion.brand and occasion.paid else creator.website
    return target if source.random() < (0.5 if kind == "Story" else 0.15) else None


def _rights(source: Random, occasion: Occasion) -> UsageRights | None:
    """Brands ask for the rights to what they are mentioned in, above all to what they paid for."""
    return pick(source, _PAID_RIGHTS if occasion.paid else _OTHER_RIGHTS) if occasion.brand else None
