"""The careers of people with a professional profile: a function of the creator, its profile and the world's origin.

The words are those of `fixtures/population/careers.yaml`. Brands and magazines have no career, only what they talk of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any, Final, Literal

from emulator.resources import fixtures
from emulator.world.population import vocabulary, yamlfile
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.handles import plain
from emulator.world.population.market import Brand
from emulator.world.population.origin import Origin

Firms = Sequence["Company"]
Standing = Literal["CREATOR", "TOP_VOICE", "PREMIUM_USER"]

_SUMMER: Final = 5  # months count from 0: June, when studies end
_AUTUMN: Final = 8
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
    """From one month to another, both as `year * 12 + month`, months from 0; without `end` it still lasts."""

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


@dataclass(frozen=True, slots=True)
class Career:
    """Jobs and educations, the latest first. `subjects` are parts of professional topics; `hashtags` the usual ones."""

    industry: str
    headline: str
    skills: tuple[str, ...]
    subjects: tuple[str, ...]
    hashtags: tuple[str, ...]
    standings: tuple[Standing, ...]
    open_to: tuple[str, ...]
    contacts: tuple[tuple[str, str], ...]
    jobs: tuple[Job, ...]
    educations: tuple[Education, ...]

    @property
    def positions(self) -> tuple[Job, ...]:
        return tuple(job for job in self.jobs if job.period.end is None)


@cache
def words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yamlfile.read(fixtures() / "population" / "careers.yaml")
    return content


def career_of(origin: Origin, creator: Creator, profile: Profile, brands: Sequence[Brand]) -> Career:
    source = origin.stream("career", profile.id)
    fields = [words()["fields"][topic] for topic in creator.topics]
    career = Career(
        industry=fields[0]["industry"],
        headline=f"{creator.category} | {creator.city}",
        skills=tuple(source.sample(fields[0]["skills"], k=source.randint(3, 5))),
        subjects=_subjects(source, fields),
        hashtags=tuple(source.sample(vocabulary.topics()[creator.topics[0]].hashtags, k=3)),
        standings=_standings(source, profile),
        open_to=tuple(source.sample(words()["open_to"], k=source.randint(0, 2))),
        contacts=_contacts(source, creator),
        jobs=(),
        educations=(),
    )
    if creator.born is None:
        return career
    return _lived(source, origin, creator, creator.born.year, career, _companies(creator, brands))


def _lived(source: Random, origin: Origin, creator: Creator, born: int, career: Career, firms: Firms) -> Career:
    """The same career with educations and jobs; `born` is a year."""
    today = _month(origin.epoch.year, origin.epoch.month - 1)
    educations = tuple(
        _educations(source, creator, min(_month(born + source.randint(18, 20), _AUTUMN), today - 3), today)
    )
    begin = (educations[0].period.end or today) + source.randint(1, 5)
    jobs = tuple(_jobs(source, creator, begin, today, career.subjects, firms))
    current = next((job for job in jobs if job.period.end is None), None)
    headline = f"{current.title} at {current.company.name}" if current else career.headline
    return replace(career, headline=headline, jobs=jobs, educations=educations)


def _month(year: int, month: int) -> int:
    return year * 12 + month


def _subjects(source: Random, fields: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    parts = [part for field in fields for topic in field["topics"] for part in words()["topics"][topic]]
    return tuple(source.sample(list(dict.fromkeys(parts)), k=source.randint(3, 5)))


def _standings(source: Random, profile: Profile) -> tuple[Standing, ...]:
    held: Mapping[Standing, bool] = {
        "CREATOR": profile.account_type == "CREATOR",
        "TOP_VOICE": profile.verified,
        "PREMIUM_USER": source.random() < 0.35,
    }
    return tuple(standing for standing, holds in held.items() if holds)


def _contacts(source: Random, creator: Creator) -> tuple[tuple[str, str], ...]:
    """What is shown in public: nothing for about a third."""
    shown = (("email", creator.email, 0.6), ("phone", creator.phone, 0.2), ("website", creator.website, 0.5))
    return tuple((kind, value) for kind, value, chance in shown if source.random() < chance and value)


def _educations(source: Random, creator: Creator, begin: int, today: int) -> Iterator[Education]:
    """The latest first. Whoever is too young to have ended a study is still at it."""
    studies, degrees = words()["fields"][creator.topics[0]]["studies"], words()["degrees"]
    first = _education(source, creator, degrees["first"], studies, begin, today)
    goes_on = source.random() < 0.4
    if first.period.end is not None and first.period.end + 6 < today and goes_on:
        yield _education(source, creator, degrees["higher"], studies, first.period.end + 3, today)
    yield first


def _education(
    source: Random, creator: Creator, degrees: Mapping[str, int], studies: Sequence[str], begin: int, today: int
) -> Education:
    degree = source.choice(list(degrees))
    end = begin - _AUTUMN + degrees[degree] * 12 + _SUMMER
    over = end <= today
    country = vocabulary.countries()[creator.country]
    city = source.choice([creator.city, source.choice(country.cities).name])
    return Education(
        degree=degree,
        institute=source.choice(words()["institutes"]).format(city=city),
        field=source.choice(studies),
        grade=source.choice(words()["grades"]) if over and source.random() < 0.6 else None,
        activities=source.choice(words()["activities"]) if source.random() < 0.5 else None,
        period=Period(begin, end if over else None),
    )


def _companies(creator: Creator, brands: Sequence[Brand]) -> Firms:
    """Those that a creator may have worked for: the invented ones, and the brands of its topics."""
    least, most = words()["brands"]
    near = [brand for brand in brands if brand.topic in creator.topics]
    return [
        *(
            Company(each["name"], plain(each["name"]), each["industry"], *each["employees"])
            for each in words()["companies"]
        ),
        *(Company(brand.name, brand.handle, brand.category, least, most) for brand in near),
    ]


def _jobs(
    source: Random, creator: Creator, begin: int, today: int, subjects: Sequence[str], firms: Firms
) -> Iterator[Job]:
    """The latest first; one follows another without a gap, and the last one mostly lasts."""
    room = today - begin
    if room < 1:
        return
    titles = words()["fields"][creator.topics[0]]["titles"]
    count = min(_MOST_JOBS, max(1, room // _LEAST_JOB), source.randint(1, _MOST_JOBS))
    turns = [begin + room * number // count + source.randint(0, 3) for number in range(1, count)]
    periods = zip([begin, *turns], [*turns, None if source.random() < 0.85 else today], strict=True)
    jobs = [
        Job(title, company, source.choice(words()["duties"]).format(subject=source.choice(subjects)), Period(*period))
        for title, company, period in zip(titles, source.sample(firms, k=count), periods, strict=False)
    ]
    yield from reversed(jobs)
