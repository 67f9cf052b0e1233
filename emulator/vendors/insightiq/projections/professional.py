"""The population's LinkedIn profiles, the words they are found by, and the dictionaries of those words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import professional_contents
from emulator.vendors.insightiq.professional_words import folded, term_id
from emulator.vendors.insightiq.projections import professional_careers as careers
from emulator.vendors.insightiq.projections import professional_shapes as shapes
from emulator.vendors.insightiq.projections.professional_shapes import Member, Praise
from emulator.vendors.insightiq.tables import professional as tables
from emulator.world import instant
from emulator.world.population import Cast, Creator, Post, Profile
from emulator.world.population.careers import career_of, words
from emulator.world.projection import Projected

_NEIGHBOURS: Final = 4
_PRAISED: Final = 0.5  # how many have written a recommendation
_YEARS: Final = 3 * 365  # within which recommendations were written, in days

Facet = tuple[str, str, str]


class ProfessionalProjection:
    """One row for each LinkedIn profile; dictionaries hold what at least one of them has."""

    def __init__(self, cast: Cast) -> None:
        self._origin = cast.origin
        self._members = {
            creator.id: Member(creator, profile, career_of(cast.origin, creator, profile, cast.brands))
            for creator in cast.creators
            for profile in creator.profiles
            if profile.platform == "LinkedIn"
        }
        self._companies = {creator.handle for creator in cast.creators if creator.kind != "influencer"}
        self._companies |= {brand.handle for brand in cast.brands}
        self._praise: dict[int, list[Praise]] = {creator_id: [] for creator_id in self._members}
        for praise in self._recommendations():
            self._praise[praise.author.creator.id].append(praise)
            self._praise[praise.receiver.creator.id].append(praise)

    def of_world(self) -> Projected:
        careers = [member.career for member in self._members.values()]
        jobs = [job for career in careers for job in career.jobs]
        educations = [education for career in careers for education in career.educations]
        subjects = {subject for career in careers for subject in career.subjects}
        yield from _terms("locations", {name for member in self._members.values() for name in _places(member.creator)})
        yield from _terms("institutes", {education.institute for education in educations}, logo="institute")
        yield from _terms("degrees", {education.degree for education in educations})
        yield from _terms("subjects", subjects)
        yield from _terms("companies", {job.company.name for job in jobs}, logo="company")
        yield from _topics(subjects)

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        member = self._members.get(creator.id)
        if member is None:
            return
        own = [post for post in posts if post.platform == "LinkedIn"]
        hashtags, mentions = _hashtags(member, own), self._mentions(member, own)
        yield tables.profiles, self._row(member, own, hashtags, mentions)
        for facet, key, detail in sorted({*_facets(member, hashtags, mentions)}):
            row = {"facet": facet, "key": key, "detail": detail, "profile_id": member.profile.uuid}
            yield tables.facets, row

    def _row(self, member: Member, posts: list[Post], hashtags: list[str], mentions: list[str]) -> dict[str, Any]:
        profile, praise = member.profile, self._praise[member.creator.id]
        report = shapes.report(member, hashtags, mentions, self._neighbours(member), praise)
        return {
            "id": profile.uuid,
            "slug": folded(profile.handle),
            "follower_count": profile.followers,
            "content_count": profile.posts_count,
            "average_likes": profile.average_likes,
            "average_comments": profile.average_comments,
            "average_shares": member.average_shares,
            "engagement_rate": member.engagement_rate,
            "has_contact_details": bool(member.career.contacts),
            "last_post": self._last_post(profile, posts),
            "bio": folded(profile.biography),
            "body": orjson.dumps(shapes.found(member)),
            "report": orjson.dumps(report),
            "contents": orjson.dumps([professional_contents.stored(post) for post in posts]),
        }

    def _last_post(self, profile: Profile, posts: Sequence[Post]) -> int:
        """Without a post in the world's history, one of those before it."""
        if posts:
            return instant.from_datetime(posts[-1].published_at)
        start, source = self._origin.start, self._origin.stream("last post", profile.id)
        return instant.from_datetime(start - (start - profile.created_at) * source.random() / 4)

    def _mentions(self, member: Member, posts: Iterable[Post]) -> list[str]:
        """Companies mentioned, the most frequent first; older posts have mentioned the employers of today."""
        counts = Counter(name for post in posts for name in post.mentions if name in self._companies)
        counts.update(job.company.handle for job in member.career.positions)
        return [name for name, _ in counts.most_common()]

    def _neighbours(self, member: Member) -> list[Member]:
        """Members who talk about the same topics, those of the same main topic first."""
        topics = member.creator.topics
        near = [
            other for other in self._members.values() if other is not member and {*topics} & {*other.creator.topics}
        ]
        return sorted(near, key=lambda other: other.creator.topics[0] != topics[0])[:_NEIGHBOURS]

    def _recommendations(self) -> Iterator[Praise]:
        """Some people recommend the next person, so that what one has given the other has received."""
        people = [member for member in self._members.values() if member.creator.kind == "influencer"]
        for author, receiver in pairwise(people):
            source = self._origin.stream("recommendation", author.profile.id)
            if source.random() < _PRAISED:
                written = self._origin.epoch - timedelta(days=source.randint(30, _YEARS))
                names = {"name": author.creator.name, "other": receiver.creator.name}
                context = source.choice(words()["contexts"]).format(**names)
                date = instant.from_datetime(written)
                yield Praise(author, receiver, date, context, source.choice(words()["praise"]))


def _hashtags(member: Member, posts: Iterable[Post]) -> list[str]:
    """Those of the posts, the most frequent first; older posts have used the usual ones."""
    counts = Counter(name for post in posts for name in post.hashtags)
    counts.update(member.career.hashtags)
    return [name for name, _ in counts.most_common()]


def _facets(member: Member, hashtags: Iterable[str], mentions: Iterable[str]) -> Iterator[Facet]:
    """What lists are filtered by: (facet, key, detail). Locations and subjects are known by id and by name."""
    career = member.career
    yield from (("hashtag", folded(name), "") for name in hashtags)
    yield from (("mention", folded(name), "") for name in mentions)
    yield from (("standing", folded(name), "") for name in career.standings)
    yield from _named("location", "locations", _places(member.creator))
    yield from _named("subject", "subjects", career.subjects)
    yield from (("subject", term_id("topics", topic), "") for topic in _topics_of(career.subjects))
    for job in career.jobs:
        yield "job", term_id("companies", job.company.name), folded(job.title)
    for education in career.educations:
        yield "education", term_id("institutes", education.institute), term_id("degrees", education.degree)


def _named(facet: str, dictionary: str, names: Iterable[str]) -> Iterator[Facet]:
    for name in names:
        yield facet, term_id(dictionary, name), ""
        yield facet, folded(name), ""


def _places(creator: Creator) -> tuple[str, str, str]:
    return creator.city, creator.region, creator.country_name


def _topics_of(subjects: Iterable[str]) -> list[str]:
    wanted = {*subjects}
    return [topic for topic, parts in words()["topics"].items() if wanted & {*parts}]


def _terms(dictionary: str, names: Iterable[str], logo: str | None = None) -> Projected:
    """The name of the dictionary's things in addresses of logos is `logo`, where they have one."""
    for name in sorted(names):
        shown = {"id": term_id(dictionary, name), "name": name}
        if logo is not None:
            shown["image_url"] = careers.logo(logo, name)
        yield tables.terms, _term(dictionary, shown, folded(name))


def _topics(subjects: Iterable[str]) -> Projected:
    """Parts have the ids that they have among the subjects."""
    wanted = {*subjects}
    for topic in _topics_of(wanted):
        parts = [part for part in words()["topics"][topic] if part in wanted]
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
