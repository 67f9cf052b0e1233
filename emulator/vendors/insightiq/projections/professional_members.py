"""Who is on LinkedIn, and what they wrote for one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from emulator.world import instant
from emulator.world.population import Cast, Creator, Profile, vocabulary
from emulator.world.population.careers import Career, career_of
from emulator.world.population.origin import Origin

_NEIGHBOURS: Final = 4
_PRAISED: Final = 0.5  # how many have written a recommendation
_YEARS: Final = 3 * 365  # within which recommendations were written, in days
_SHARES: Final = 0.035  # per like, as posts are received (population/reception.py)


@dataclass(frozen=True, slots=True)
class Member:
    """A creator with its LinkedIn profile."""

    creator: Creator
    profile: Profile
    career: Career

    @property
    def first_name(self) -> str:
        return self.creator.first_name or self.creator.name

    @property
    def average_shares(self) -> int:
        return int(self.profile.average_likes * _SHARES)

    @property
    def engagement_rate(self) -> float:
        return round(self.profile.engagement_rate * 100, 2)

    @property
    def places(self) -> tuple[str, str, str]:
        return self.creator.city, self.creator.region, self.creator.country_name


@dataclass(frozen=True, slots=True)
class Praise:
    """What one member wrote for another."""

    author: Member
    receiver: Member
    date: int
    context: str
    text: str


class Members:
    """All of a cast, by the ids of the creators."""

    def __init__(self, cast: Cast) -> None:
        self.by_creator = {
            creator.id: Member(creator, profile, career_of(cast.origin, creator, profile, cast.brands))
            for creator in cast.creators
            for profile in creator.profiles
            if profile.platform == "LinkedIn"
        }
        self._praise = list(_recommendations(cast.origin, list(self.by_creator.values())))

    def received(self, member: Member) -> list[Praise]:
        return [praise for praise in self._praise if praise.receiver is member]

    def given(self, member: Member) -> list[Praise]:
        return [praise for praise in self._praise if praise.author is member]

    def near(self, member: Member) -> list[Member]:
        """Members who talk about the same topics, those of the same main topic first."""
        topics = member.creator.topics
        others = (other for other in self.by_creator.values() if other is not member)
        near = [other for other in others if {*topics} & {*other.creator.topics}]
        return sorted(near, key=lambda other: other.creator.topics[0] != topics[0])[:_NEIGHBOURS]


def _recommendations(origin: Origin, members: list[Member]) -> Iterator[Praise]:
    """Some people recommend the next person, so that what one has given the other has received."""
    people = [member for member in members if member.creator.kind == "influencer"]
    for author, receiver in pairwise(people):
        source = origin.stream("recommendation", author.profile.id)
        if source.random() < _PRAISED:
            written = origin.epoch - timedelta(days=source.randint(30, _YEARS))
            names = {"name": author.creator.name, "other": receiver.creator.name}
            words = vocabulary.careers()
            context = source.choice(words["contexts"]).format(**names)
            yield Praise(author, receiver, instant.from_datetime(written), context, source.choice(words["praise"]))
