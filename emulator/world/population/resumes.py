"""Educations and jobs of people, up to the day on which the world begins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from emulator.world.population import vocabulary
from emulator.world.population.cast import Creator
from emulator.world.population.handles import plain
from emulator.world.population.market import Brand

SEPTEMBER: Final = 8  # when studies begin; months count from 0
_JUNE: Final = 5  # when they end
_LEAST_JOB: Final = 10  # months
_MOST_JOBS: Final = 4


@dataclass(frozen=True, slots=True)
class Company:
    """`handle` is what posts mention it by; `least` and `most` bound the number of its people."""

    name: str
    handle: str
    industry: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both as `month` has them; without `end` it still lasts."""

    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Job:
    title: str
    company: Company
    description: str
    period: Period


@dataclass(frozen=True, slots=True)
class Education:
    degree: str
    institute: str
    field: str
    grade: str | None
    activities: str | None
    period: Period


def month(year: int, month: int) -> int:
    """A month of a year, from 0, as one number."""
    return year * 12 + month


def companies(creator: Creator, brands: Sequence[Brand]) -> list[Company]:
    """Those that a creator may have worked for: the invented ones, and the brands of its topics."""
    words = vocabulary.careers()
    least, most = words["brands"]
    near = [brand for brand in brands if brand.topic in creator.topics]
    invented = [
        Company(each["name"], plain(each["name"]), each["industry"], *each["employees"]) for each in words["companies"]
    ]
    return invented + [Company(brand.name, brand.handle, brand.category, least, most) for brand in near]


@dataclass(frozen=True, slots=True)
class Resume:
    """How somebody came to be where it is; `today` is a month."""

    source: Random
    creator: Creator
    today: int

    def educations(self, begin: int) -> Iterator[Education]:
        """The latest first. Whoever is too young to have ended a study is still at it."""
        degrees = vocabulary.careers()["degrees"]
        first = self._education(degrees["first"], begin)
        goes_on = self.source.random() < 0.4
        if first.period.end is not None and first.period.end + 6 < self.today and goes_on:
            yield self._education(degrees["higher"], first.period.end + 3)
        yield first

    def _education(self, degrees: Mapping[str, int], begin: int) -> Education:
        """`degrees` take years."""
        source, words = self.source, vocabulary.careers()
        degree = source.choice(list(degrees))
        end = begin - SEPTEMBER + month(degrees[degree], _JUNE)
        over = end <= self.today
        return Education(
            degree=degree,
            institute=self._institute(),
            field=source.choice(self._field["studies"]),
            grade=source.choice(words["grades"]) if over and source.random() < 0.6 else None,
            activities=source.choice(words["activities"]) if source.random() < 0.5 else None,
            period=Period(begin, end if over else None),
        )

    def _institute(self) -> str:
        """At home, or somewhere in the country."""
        elsewhere = self.source.choice(vocabulary.countries()[self.creator.country].cities).name
        city = self.source.choice([self.creator.city, elsewhere])
        name: str = self.source.choice(vocabulary.careers()["institutes"])
        return name.format(city=city)

    def jobs(self, begin: int, subjects: Sequence[str], firms: Sequence[Company]) -> Iterator[Job]:
        """The latest first; one follows another without a gap, and the last one mostly lasts."""
        if self.today <= begin:
            return
        periods = self._periods(begin)
        employers = self.source.sample(firms, k=len(periods))
        jobs = [
            Job(title, employer, self._duty(subjects), period)
            for title, employer, period in zip(self._field["titles"], employers, periods, strict=False)
        ]
        yield from reversed(jobs)

    def _periods(self, begin: int) -> list[Period]:
        room, source = self.today - begin, self.source
        count = min(_MOST_JOBS, max(1, room // _LEAST_JOB), source.randint(1, _MOST_JOBS))
        turns = [begin + room * number // count + source.randint(0, 3) for number in range(1, count)]
        last = None if source.random() < 0.85 else self.today
        return [Period(start, end) for start, end in zip([begin, *turns], [*turns, last], strict=True)]

    def _duty(self, subjects: Sequence[str]) -> str:
        duty: str = self.source.choice(vocabulary.careers()["duties"])
        return duty.format(subject=self.source.choice(subjects))

    @property
    def _field(self) -> Mapping[str, Any]:
        field: Mapping[str, Any] = vocabulary.careers()["fields"][self.creator.topics[0]]
        return field
