"""The dictionaries of the professional search: what at least one profile has, each thing under an id of its own."""

from collections.abc import Collection, Iterable
from typing import Any

import orjson

from emulator.vendors.insightiq.professional_words import folded, term_id
from emulator.vendors.insightiq.projections import professional_careers as careers
from emulator.vendors.insightiq.projections.professional_members import Member
from emulator.vendors.insightiq.tables import professional as tables
from emulator.world.population import vocabulary
from emulator.world.projection import Projected


def terms(members: Collection[Member]) -> Projected:
    lives = [member.career for member in members]
    jobs = [job for career in lives for job in career.jobs]
    educations = [education for career in lives for education in career.educations]
    subjects = {subject for career in lives for subject in career.subjects}
    yield from _terms("locations", {name for member in members for name in member.places})
    yield from _terms("institutes", {education.institute for education in educations}, logo="institute")
    yield from _terms("degrees", {education.degree for education in educations})
    yield from _terms("subjects", subjects)
    yield from _terms("companies", {job.company.name for job in jobs}, logo="company")
    yield from _topics(subjects)


def topics_of(subjects: Iterable[str]) -> list[str]:
    """The topics that have one of the subjects as a part."""
    wanted = {*subjects}
    return [topic for topic, parts in vocabulary.careers()["topics"].items() if wanted & {*parts}]


def _terms(dictionary: str, names: Iterable[str], logo: str | None = None) -> Projected:
    """The name of the dictionary's things in addresses of logos is `logo`, where they have one."""
    for name in sorted(names):
        shown = {"id": term_id(dictionary, name), "name": name}
        if logo is not None:
            shown["image_url"] = careers.logo(logo, name)
        yield tables.terms, _term(dictionary, shown, folded(name))


def _topics(subjects: set[str]) -> Projected:
    """Parts have the ids that they have among the subjects."""
    for topic in topics_of(subjects):
        parts = [part for part in vocabulary.careers()["topics"][topic] if part in subjects]
        shown = [{"id": term_id("subjects", part), "name": part} for part in parts]
        text = "\n".join(folded(name) for name in (topic, *parts))
        yield tables.terms, _term("topics", {"id": term_id("topics", topic), "name": topic, "sub_topics": shown}, text)


def _term(dictionary: str, shown: dict[str, Any], text: str) -> dict[str, Any]:
    return {
        "dictionary": dictionary,
        "id": shown["id"],
        "name": folded(shown["name"]),
        "text": text,
        "body": orjson.dumps(shown),
    }
