"""A creator's profiles: one audience, seen on several platforms."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from emulator.world.population import vocabulary
from emulator.world.population.asked import CannotJoin, Said, handle_on
from emulator.world.population.cast import AccountType, Creator, CreatorKind, Profile
from emulator.world.population.handles import Handles
from emulator.world.population.identifiers import profile_id
from emulator.world.population.origin import Origin
from emulator.world.population.platforms import COMMENTS, MAIN, PLATFORMS, Platform, PlatformName
from emulator.world.population.randomness import factor, pick

# Weight, fewest and most followers: nano, micro, mid, macro, mega.
_TIERS: tuple[tuple[float, int, int], ...] = (
    (30, 1_500, 10_000),
    (38, 10_000, 50_000),
    (20, 50_000, 300_000),
    (9, 300_000, 1_000_000),
    (3, 1_000_000, 5_000_000),
)
_ACCOUNT_TYPES: Mapping[CreatorKind, Mapping[AccountType, float]] = {
    "influencer": {"CREATOR": 66, "BUSINESS": 20, "PERSONAL": 14},
    "brand": {"BUSINESS": 1},
    "media": {"BUSINESS": 3, "CREATOR": 1},
}
_OF_ORGANISATIONS: Mapping[PlatformName, float] = {"LinkedIn": 0.95}  # prevalence, where it is not that of people
_NAMES = tuple(PLATFORMS)
_FOLLOWERS = 10_000  # of those who are asked for, if nothing is said


def profiles_of(
    creator: Creator, source: Random, origin: Origin, handles: Handles, posts: int, certain: PlatformName | None
) -> tuple[Profile, ...]:
    """The main platform's profile first. `posts` is how many posts the creator has in the world.

    On the platform `certain` the creator is whatever chance says.
    """
    weights = origin.recipe.platforms
    main = pick(source, {name: weights.get(name, 0) for name in MAIN})
    others = [
        name
        for name in weights
        if name != main and weights[name] and (_present(source, creator, name) or name == certain)
    ]
    growth = source.gauss(0.02, 0.02)
    shared = Presence(creator, source, origin, handles, posts, growth, _biography(source, creator))
    audience = _audience(source)
    sizes = (int(audience * PLATFORMS[name].audience * factor(source, 0.6)) for name in others)
    return (
        shared.profile(main, int(audience)),
        *(shared.profile(name, max(80, size)) for name, size in zip(others, sizes, strict=True)),
    )


def profiles_as_said(
    creator: Creator, source: Random, origin: Origin, handles: Handles, posts: int, said: Said
) -> tuple[Profile, ...]:
    """Those that are asked for, as of the epoch. Raises CannotJoin for a handle that is taken."""
    presence = Presence(creator, source, origin, handles, posts, 0.0, _biography(source, creator))
    return tuple(
        presence.as_said(nth, profile, handle_on(said, profile)) for nth, profile in enumerate(said["profiles"])
    )


def _figures(usual: Profile, said: Said) -> dict[str, Any]:
    """Those that follow from others that are said."""
    rate = said.get("engagement_rate", usual.engagement_rate)
    if "average_likes" in said and "engagement_rate" not in said:
        comments = said.get("average_comments", said["average_likes"] * COMMENTS / (1 - COMMENTS))
        rate = round(min(1.0, (said["average_likes"] + comments) / max(usual.followers, 1)), 4)
    likes = said.get("average_likes", int(usual.followers * rate * (1 - COMMENTS)))
    return {
        "engagement_rate": rate,
        "average_likes": likes,
        "average_comments": int(likes * COMMENTS / (1 - COMMENTS)),
        "average_views": int(likes * PLATFORMS[usual.platform].views),
    }


def _present(source: Random, creator: Creator, name: PlatformName) -> bool:
    usual = PLATFORMS[name].prevalence
    return source.random() < (usual if creator.kind == "influencer" else _OF_ORGANISATIONS.get(name, usual))


def _audience(source: Random) -> float:
    """Followers on the main platform."""
    _, fewest, most = source.choices(_TIERS, [tier[0] for tier in _TIERS])[0]
    return fewest * math.pow(most / fewest, source.random())


def _biography(source: Random, creator: Creator) -> str:
    topics = [vocabulary.topics()[name] for name in creator.topics]
    if creator.kind != "influencer":
        about = vocabulary.commerce().bios[creator.kind].format(name=creator.name, city=creator.city)
        return f"{about} {source.choice(topics[0].signs)}\n{creator.website}"
    lines = [f"{source.choice(topic.bios)} {source.choice(topic.signs)}" for topic in topics[:2]]
    return "\n".join([*lines, f"📍 {creator.city}"][: source.randint(2, 3)])


@dataclass(frozen=True, slots=True)
class Presence:
    """What the profiles of a creator have in common."""

    creator: Creator
    source: Random
    origin: Origin
    handles: Handles
    posts: int
    growth: float
    biography: str

    def as_said(self, nth: int, said: Said, handle: str | None) -> Profile:
        """As plain as can be where nothing is said: what is counted stays as it is, and nothing is hidden."""
        name, followers = said["platform"], said.get("followers", _FOLLOWERS)
        if handle is not None and not self.handles.is_free(handle, name):
            raise CannotJoin(f"profiles.{nth}.handle", f"{handle!r} is taken on {name}; choose another one")
        usual = self.profile(name, followers, handle)
        kind: AccountType = "CREATOR" if self.creator.kind == "influencer" else "BUSINESS"
        plain = replace(usual, verified=False, private=False, account_type=kind, monthly_growth=0.0)
        made = replace(plain, **{**_figures(usual, said), **said, "handle": usual.handle})
        return replace(made, url=PLATFORMS[made.platform].url.format(handle=made.handle, id=made.external_id))

    def profile(self, name: PlatformName, followers: int, exact: str | None = None) -> Profile:
        """By the creator's handle, unless the platform has another one for sure."""
        platform, source, number = PLATFORMS[name], self.source, self.creator.id * 16 + _NAMES.index(name)
        handle = self.handles.take(exact, name) if exact else self.handles.claim(self.creator.handle, name)
        external_id = profile_id(name, source, number)
        rate = self._engagement_rate(platform, followers)
        likes = int(followers * rate * (1 - COMMENTS))
        return Profile(
            id=number,
            uuid=self.origin.uuid("profile", number),
            creator_id=self.creator.id,
            platform=name,
            handle=handle,
            external_id=external_id,
            url=platform.url.format(handle=handle, id=external_id),
            display_name=self.creator.name,
            biography=self.biography,
            avatar_url=f"https://media.example.com/avatars/{number}.jpg",
            followers=followers,
            following=int(min(7_500, 90 + source.expovariate(1 / 500))),
            posts_count=self.posts + source.randint(40, 900),
            verified=self._is_verified(followers),
            private=self._is_private(followers),
            account_type=pick(source, _ACCOUNT_TYPES[self.creator.kind]),
            engagement_rate=rate,
            average_likes=likes,
            average_comments=int(followers * rate * COMMENTS),
            average_views=int(likes * platform.views),
            created_at=self._created(platform),
            counted_at=self.origin.epoch,
            monthly_growth=round(self.growth + source.gauss(0, 0.01), 4),
        )

    def _engagement_rate(self, platform: Platform, followers: int) -> float:
        """The larger the audience, the smaller the part of it that reacts."""
        rate = platform.rate * math.pow(max(followers, 1) / 10_000, -0.16) * factor(self.source, 0.35)
        return round(min(rate, 0.25), 4)

    def _is_verified(self, followers: int) -> bool:
        chance = 0.85 if followers > 500_000 else 0.4 if followers > 100_000 else 0.05
        return self.source.random() < (chance if self.creator.kind == "influencer" else chance + 0.4)

    def _is_private(self, followers: int) -> bool:
        """Whoever has something to sell wants to be seen."""
        return self.creator.kind == "influencer" and followers < 5_000 and self.source.random() < 0.03

    def _created(self, platform: Platform) -> datetime:
        """Some years before the first post, but not before there was such a platform."""
        earliest = datetime(platform.since, 1, 1, tzinfo=UTC)
        longest = max(1, min(2_500 * 86_400, int((self.origin.start - earliest).total_seconds())))
        return self.origin.start - timedelta(seconds=self.source.randint(1, longest))
