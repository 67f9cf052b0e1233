"""The careers of people with a professional profile: a function of the creator, its profile and the world's origin.

The words are those of `fixtures/population/careers.yaml`. Brands and magazines have no career, only what they talk of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal

from emulator.world.population import vocabulary
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.market import Brand
from emulator.world.population.origin import Origin
from emulator.world.population.resumes import SEPTEMBER, Company, Education, Job, Resume, companies, month

Standing = Literal["CREATOR", "TOP_VOICE", "PREMIUM_USER"]


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


def career_of(origin: Origin, creator: Creator, profile: Profile, brands: Sequence[Brand]) -> Career:
    source = origin.stream("career", profile.id)
    career = _begun(source, creator, profile)
    if creator.born is None:
        return career
    resume = Resume(source, creator, month(origin.epoch.year, origin.epoch.month - 1))
    return _lived(resume, creator.born.year, career, companies(creator, brands))


def _begun(source: Random, creator: Creator, profile: Profile) -> Career:
    """A career without educations and jobs."""
    words = vocabulary.careers()
    fields = [words["fields"][topic] for topic in creator.topics]
    return Career(
        industry=fields[0]["industry"],
        headline=f"{creator.category} | {creator.city}",
        skills=tuple(source.sample(fields[0]["skills"], k=source.randint(3, 5))),
        subjects=_subjects(source, fields),
        hashtags=tuple(source.sample(vocabulary.topics()[creator.topics[0]].hashtags, k=3)),
        standings=_standings(source, profile),
        open_to=tuple(source.sample(words["open_to"], k=source.randint(0, 2))),
        contacts=_contacts(source, creator),
        jobs=(),
        educations=(),
    )


def _lived(resume: Resume, born: int, career: Career, firms: Sequence[Company]) -> Career:
    """The same career with educations and jobs; `born` is a year."""
    grown = month(born + resume.source.randint(18, 20), SEPTEMBER)
    educations = tuple(resume.educations(min(grown, resume.today - 3)))
    begin = (educations[0].period.end or resume.today) + resume.source.randint(1, 5)
    jobs = tuple(resume.jobs(begin, career.subjects, firms))
    current = next((job for job in jobs if job.period.end is None), None)
    headline = f"{current.title} at {current.company.name}" if current else career.headline
    return replace(career, headline=headline, jobs=jobs, educations=educations)


def _subjects(source: Random, fields: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    topics = vocabulary.careers()["topics"]
    parts = [part for field in fields for topic in field["topics"] for part in topics[topic]]
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
