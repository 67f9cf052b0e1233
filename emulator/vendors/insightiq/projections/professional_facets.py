"""The words that a professional profile is found by."""

from collections.abc import Iterable, Iterator

from emulator.vendors.insightiq.professional_words import folded, term_id
from emulator.vendors.insightiq.projections.professional_members import Member
from emulator.vendors.insightiq.projections.professional_terms import topics_of

Facet = tuple[str, str, str]


def facets(member: Member, hashtags: Iterable[str], mentions: Iterable[str]) -> Iterator[Facet]:
    """(facet, key, detail). Locations and subjects are known by id and by name."""
    career = member.career
    yield from (("hashtag", folded(name), "") for name in hashtags)
    yield from (("mention", folded(name), "") for name in mentions)
    yield from (("standing", folded(name), "") for name in career.standings)
    yield from _named("location", "locations", member.places)
    yield from _named("subject", "subjects", career.subjects)
    yield from (("subject", term_id("topics", topic), "") for topic in topics_of(career.subjects))
    for job in career.jobs:
        yield "job", term_id("companies", job.company.name), folded(job.title)
    for education in career.educations:
        yield "education", term_id("institutes", education.institute), term_id("degrees", education.degree)


def _named(facet: str, dictionary: str, names: Iterable[str]) -> Iterator[Facet]:
    for name in names:
        yield facet, term_id(dictionary, name), ""
        yield facet, folded(name), ""
