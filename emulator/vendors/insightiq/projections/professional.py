"""The population's LinkedIn profiles, the words they are found by, and the dictionaries of those words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from emulator.vendors.insightiq import professional_contents
from emulator.vendors.insightiq.professional_words import folded
from emulator.vendors.insightiq.projections import professional_shapes as shapes
from emulator.vendors.insightiq.projections.professional_facets import facets
from emulator.vendors.insightiq.projections.professional_members import Member, Members
from emulator.vendors.insightiq.projections.professional_terms import terms
from emulator.vendors.insightiq.tables import professional as tables
from emulator.world import instant
from emulator.world.population import Cast, Creator, Post
from emulator.world.projection import Projected


class ProfessionalProjection:
    """One row for each LinkedIn profile; dictionaries hold what at least one of them has."""

    def __init__(self, cast: Cast) -> None:
        self._origin = cast.origin
        self._members = Members(cast)
        self._companies = {creator.handle for creator in cast.creators if creator.kind != "influencer"}
        self._companies |= {brand.handle for brand in cast.brands}

    def of_world(self) -> Projected:
        return terms(list(self._members.by_creator.values()))

    def of_member(self, creator: Creator) -> Projected:
        """What the dictionaries have from one creator."""
        member = self._members.by_creator.get(creator.id)
        return terms([] if member is None else [member])

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        member = self._members.by_creator.get(creator.id)
        if member is None:
            return
        own = [post for post in posts if post.platform == "LinkedIn"]
        hashtags, mentions = _hashtags(member, own), self._mentions(member, own)
        yield tables.profiles, self._row(member, own, hashtags, mentions)
        for facet, key, detail in sorted({*facets(member, hashtags, mentions)}):
            row = {"facet": facet, "key": key, "detail": detail, "profile_id": member.profile.uuid}
            yield tables.facets, row

    def _row(self, member: Member, posts: list[Post], hashtags: list[str], mentions: list[str]) -> dict[str, Any]:
        profile = member.profile
        return {
            "id": profile.uuid,
            "handle": profile.handle.lower(),
            "follower_count": profile.followers,
            "monthly_growth": profile.monthly_growth,
            "content_count": profile.posts_count,
            "average_likes": profile.average_likes,
            "average_comments": profile.average_comments,
            "average_shares": member.average_shares,
            "engagement_rate": member.engagement_rate,
            "has_contact_details": bool(member.career.contacts),
            "last_post": self._last_post(member, posts),
            "bio": folded(profile.biography),
            "body": orjson.dumps(shapes.found(member)),
            "report": orjson.dumps(shapes.report(member, hashtags, mentions, self._members)),
            "contents": orjson.dumps([professional_contents.stored(post) for post in posts]),
        }

    def _last_post(self, member: Member, posts: Sequence[Post]) -> int:
        """Without a post in the world's history, one of those before it."""
        if posts:
            return instant.from_datetime(posts[-1].published_at)
        start, source = self._origin.start, self._origin.stream("last post", member.profile.id)
        return instant.from_datetime(start - (start - member.profile.created_at) * source.random() / 4)

    def _mentions(self, member: Member, posts: Iterable[Post]) -> list[str]:
        """Companies mentioned, the most frequent first; older posts have mentioned the employers of today."""
        counts = Counter(name for post in posts for name in post.mentions if name in self._companies)
        counts.update(job.company.handle for job in member.career.positions)
        return [name for name, _ in counts.most_common()]


def _hashtags(member: Member, posts: Iterable[Post]) -> list[str]:
    """Those of the posts, the most frequent first; older posts have used the usual ones."""
    counts = Counter(name for post in posts for name in post.hashtags)
    counts.update(member.career.hashtags)
    return [name for name, _ in counts.most_common()]
