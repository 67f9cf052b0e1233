"""The population as Creator Discovery shows it: every public profile, and the dictionaries to search them by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from emulator.vendors.insightiq.creator_profiles import address
from emulator.vendors.insightiq.projections import discovery_bodies as bodies
from emulator.vendors.insightiq.projections import discovery_facets as facets
from emulator.vendors.insightiq.projections.discovery_dictionary import Dictionary
from emulator.vendors.insightiq.projections.discovery_figures import figures
from emulator.vendors.insightiq.projections.discovery_tags import Tags
from emulator.vendors.insightiq.tables import discovery as tables
from emulator.world.population import Audience, Cast, Creator, Post, Profile
from emulator.world.projection import Projected

_AUDIENCE_FROM: Final = 1_000  # followers; audiences of smaller profiles are not known (assumed)
_AUDIENCE_ON: Final = ("Instagram", "TikTok", "YouTube")  # where audiences are known (assumed)


class DiscoveryProjection:
    """Figures and audiences are those of the epoch: a search looks at what was gathered then."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._brands = {brand.handle: brand for brand in cast.brands}
        self._dictionary = Dictionary(cast)
        self._tags = Tags()

    def resume(self, terms: Iterable[tuple[str, str, int]]) -> None:
        """Go on from the terms that a world has: facet, name and number."""
        self._dictionary.resume(terms)

    def of_world(self) -> Projected:
        return self._dictionary.rows()

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        by_profile: dict[int, list[Post]] = defaultdict(list)
        for post in posts:
            by_profile[post.profile.id].append(post)
        for facet, thing, share in (*self._dictionary.places.of_creator(creator), *facets.of_creator(creator)):
            yield from self._facet(creator.id, facet, thing, share)
        for profile in creator.profiles:
            yield from self._profile(creator, profile, by_profile[profile.id])
            self._tags.count(by_profile[profile.id])
        if creator is self._cast.creators[-1]:  # only now everything is counted
            yield from self._tags.rows()

    def _profile(self, creator: Creator, profile: Profile, posts: Sequence[Post]) -> Projected:
        audience = self._cast.audience_of(creator, profile) if _audience_known(profile) else None
        for facet, thing, share in self._facets(creator, profile, posts, audience):
            yield from self._facet(profile.id, facet, thing, share)
        yield tables.creator_profiles, _row(creator, profile, posts, audience)

    def _facet(self, owner: int, facet: str, thing: str, share: float) -> Projected:
        number, new = self._dictionary.number(facet, thing)
        yield from new
        yield tables.facets, {"term": number, "owner": owner, "share": round(share * 100)}

    def _facets(
        self, creator: Creator, profile: Profile, posts: Sequence[Post], audience: Audience | None
    ) -> Iterator[facets.Facet]:
        yield from facets.of_posts(posts, self._brands)
        yield from (("contact", contact["type"], 0) for contact in bodies.contacts(creator, profile))
        if audience is not None:
            yield from facets.of_audience(audience, self._dictionary.places)


def _audience_known(profile: Profile) -> bool:
    return profile.platform in _AUDIENCE_ON and profile.followers >= _AUDIENCE_FROM and not profile.private


def _row(creator: Creator, profile: Profile, posts: Sequence[Post], audience: Audience | None) -> dict[str, Any]:
    row = _columns(creator, profile) | figures(creator, profile, posts) | _audience(audience)
    live_views = row.pop("live_views")
    return row | {
        "spoken": _spoken(profile, posts),
        "userhandle": bodies.userhandle(profile),
        "live": bodies.live(creator, profile),
        "contacts": bodies.contact_info(creator, profile),
        "quick_body": bodies.quickly_searched(creator, profile, row, live_views),
        "body": bodies.searched(creator, profile, row),
        "audience": audience and bodies.audience(audience),
    }


def _columns(creator: Creator, profile: Profile) -> dict[str, Any]:
    """What is known without posts and audience. A platform without likes has no engagement."""
    liked = profile.engagement_rate > 0
    return {
        "id": profile.id,
        "creator_id": creator.id,
        "work_platform_id": bodies.platform_of(profile)["id"],
        "handle": profile.handle.casefold(),
        "address": address(profile.url),
        "external_id": profile.external_id,
        "email": bodies.email(creator, profile),
        "followers": profile.followers,
        **bodies.counts(profile),
        "content_count": profile.posts_count,
        "is_verified": profile.verified,
        "is_private": profile.private,
        "account_type": profile.account_type,
        "platform_account_type": bodies.platform_account_type(profile),
        "monthly_growth": profile.monthly_growth,
        "streamed_topics": len(creator.topics),
        "engagement_rate": round(profile.engagement_rate * 100, 2) if liked else None,
        "average_likes": profile.average_likes if liked else None,
        "average_comments": profile.average_comments if liked else None,
        "average_views": profile.average_views if liked else None,
        "gender": bodies.gender(creator, profile),
        "age": bodies.age(creator, profile.counted_at.date()),
        "language": creator.language,
        "main_topic": creator.topics[0],
        "is_official_artist": profile.platform == "YouTube" and profile.verified and creator.topics[0] == "music",
        "has_contact": profile.account_type != "PERSONAL",
        "biography": profile.biography.casefold(),
    }


def _audience(audience: Audience | None) -> dict[str, Any]:
    """Genders and ages, each summed over the other; the share of those of no known gender is left over."""
    genders: dict[str, float] = defaultdict(float)
    ages: dict[str, float] = defaultdict(float)
    for (gender, age), share in audience.genders_and_ages if audience else ():
        genders[gender] += share
        ages[age] += share
    known = {
        f"audience_age_{low}": round(ages[name], 2) if audience else None for name, (low, _) in tables.AGES.items()
    }
    for gender in ("FEMALE", "MALE"):
        known[f"audience_{gender.lower()}"] = round(genders[gender], 2) if audience else None
    known["credibility"] = audience.credibility if audience else None
    largest = {
        "audience_country": audience.countries[0][0] if audience else None,
        "audience_interest": audience.interests[0][0] if audience else None,
    }
    return {**known, **largest, "has_audience": audience is not None}


def _spoken(profile: Profile, posts: Sequence[Post]) -> str:
    if profile.platform != "YouTube":
        return ""
    return "\n".join(f"{post.title or ''} {post.caption}" for post in posts).casefold()
