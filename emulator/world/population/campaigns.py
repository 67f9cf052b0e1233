"""Campaigns and market reports: whose they are, when they run, and with whom."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from emulator.world.population import participants, vocabulary
from emulator.world.population.cast import Creator
from emulator.world.population.market import Brand, Campaign, Folder, Participant
from emulator.world.population.origin import Origin
from emulator.world.population.randomness import gapped
from emulator.world.population.schedule import Schedule

_ENOUGH = 3  # posts in the period that make a creator worth booking


def campaigns(origin: Origin, creators: Sequence[Creator], brands: Sequence[Brand], plan: Schedule) -> list[Campaign]:
    """The campaigns, then the market reports; every other one is running at the epoch. Those of fixed size are last."""
    recipe = origin.recipe
    source, folders, field_ids = registered(origin)
    office = _Office(origin, creators, brands, plan, folders, field_ids)
    counts = (recipe.campaigns, recipe.market_reports, len(recipe.report_posts))
    ids = iter(gapped(source, sum(counts), first=source.randint(1_000, 8_000), gap=30))
    planned = [office.campaign(nth, next(ids)) for nth in range(recipe.campaigns)]
    planned += [office.report(nth, next(ids)) for nth in range(recipe.market_reports)]
    return planned + [office.report_of(posts, next(ids)) for posts in recipe.report_posts]


def registered(origin: Origin) -> tuple[Random, list[Folder], Sequence[int]]:
    """Folders, and the ids of the fields by which customers take notes of creators; chance goes on from there."""
    source, commerce = origin.stream("campaigns"), vocabulary.commerce()
    folder_ids = gapped(source, len(commerce.folders), first=300, gap=50)
    folders = [Folder(*folder) for folder in zip(folder_ids, commerce.folders, strict=True)]
    return source, folders, gapped(source, len(commerce.fields), first=100, gap=30)


@dataclass(frozen=True, slots=True)
class _Office:
    """Where campaigns are planned."""

    origin: Origin
    creators: Sequence[Creator]
    brands: Sequence[Brand]
    plan: Schedule
    folders: Sequence[Folder]
    field_ids: Sequence[int]

    def campaign(self, nth: int, id: int) -> Campaign:
        source, commerce = self.origin.stream("campaign", id), vocabulary.commerce()
        brand = self.brands[nth % len(self.brands)] if self.brands else None
        topic = brand.topic if brand else self._topic(source)
        starts, ends = self._period(source, source.randint(21, 45), running=nth % 2 == 0)
        label = brand.name if brand else vocabulary.topics()[topic].category
        name = commerce.campaigns[nth % len(commerce.campaigns)].format(brand=label, season=_season(starts))
        hashtag = "".join(filter(str.isalnum, label.split()[0])) + source.choice(commerce.slogans)
        size = self.origin.recipe.creators_per_campaign
        partners = participants.booked(source, self._active(starts, ends), size, topic, self.field_ids)
        brand_id = brand.id if brand else None
        return Campaign(id, name, 1, starts, ends, self._folder(source), topic, hashtag, brand_id, partners)

    def report(self, nth: int, id: int) -> Campaign:
        source, commerce = self.origin.stream("campaign", id), vocabulary.commerce()
        topic = vocabulary.topics()[self._topic(source)]
        starts, ends = self._period(source, source.randint(60, 120), running=nth % 2 == 0)
        name = commerce.reports[nth % len(commerce.reports)].format(topic=topic.category, season=_season(starts))
        size = self.origin.recipe.creators_per_campaign
        watched = participants.watched(source, self._active(starts, ends), size, topic.name)
        return Campaign(id, name, 2, starts, ends, self._folder(source), topic.name, topic.hashtags[0], None, watched)

    def report_of(self, posts: int, id: int) -> Campaign:
        """So many of the earliest posts, and everybody who might have written them."""
        source = self.origin.stream("campaign", id)
        topic = vocabulary.topics()[self._topic(source)]
        starts, ends = self.origin.start, self.origin.epoch
        everybody = tuple(Participant(creator.id) for creator in self.creators)
        name = f"{posts:,} posts, {_season(starts)}"
        folder = self._folder(source)
        return Campaign(id, name, 2, starts, ends, folder, topic.name, topic.hashtags[0], None, everybody, posts)

    def _topic(self, source: Random) -> str:
        """One that somebody in the cast talks about, if there is anybody."""
        return source.choice([creator.topics[0] for creator in self.creators] or list(vocabulary.topics()))

    def _folder(self, source: Random) -> Folder | None:
        return source.choice(self.folders) if source.random() < 0.6 else None

    def _period(self, source: Random, days: int, *, running: bool) -> tuple[datetime, datetime]:
        """Whole days, from the first second to the last; inside the history as far as it is long enough."""
        days = min(days, self.origin.recipe.history_days)
        ago = source.randint(days // 2, days - 1) if running else source.randint(days + 3, days + 120)
        first = max(self.origin.epoch - timedelta(days=ago), self.origin.start)
        starts = datetime.combine(first.date(), time(), UTC)
        return starts, starts + timedelta(days=days, seconds=-1)

    def _active(self, starts: datetime, ends: datetime) -> list[Creator]:
        """Influencers who post in the period."""
        numbers = range(self.origin.recipe.all_posts)
        first = bisect_left(numbers, starts, key=self.plan.time)
        last = bisect_left(numbers, ends, key=self.plan.time)
        return [
            creator for creator in self.creators if creator.kind == "influencer" and self._busy(creator, first, last)
        ]

    def _busy(self, creator: Creator, first: int, last: int) -> bool:
        posts = self.plan.numbers[creator.id]
        return bisect_left(posts, last) - bisect_left(posts, first) >= _ENOUGH


def _season(moment: datetime) -> str:
    """Of the northern hemisphere: December begins the winter."""
    return vocabulary.commerce().seasons[moment.month % 12 // 3]
