"""What a profile has several of: places, languages, interests, brands, hashtags, ..., each with a share or a count."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from emulator.world.population import Audience, Brand, Creator, Post
from emulator.world.population.vocabulary import topics

Facet = tuple[str, str, float]  # the facet's name, the thing's name, and its share in percent, or a count

SHARES_FROM: Final = 2.0  # smaller shares of an audience, in percent, are not told (assumed)
_NEARNESS: Final = (95.0, 80.0, 70.0)  # of a creator's topics, the main one first, in percent (assumed)
_RELATED: Final = 45.0


class Places:
    """Ids of places by country, region and city; a city belongs to its region and its country."""

    def __init__(self, ids: Mapping[tuple[str, ...], str]) -> None:
        self._ids = ids
        self._of_city = {path[-1]: path for path in ids if len(path) == 3}

    def of_creator(self, creator: Creator) -> Iterator[Facet]:
        path = (creator.country, creator.region, creator.city)
        for depth in range(1, 4):
            yield "creator_location", self._ids[path[:depth]], 0

    def of_audience(self, audience: Audience) -> Iterator[Facet]:
        """The share of a region is that of its larger cities, as no other is known."""
        shares: dict[tuple[str, ...], float] = {(code,): share for code, share in audience.countries}
        for city, share in audience.cities:
            path = self._of_city[city]
            shares[path] = share
            shares[path[:2]] = shares.get(path[:2], 0) + share
        for place, share in shares.items():
            yield "audience_location", self._ids[place], share


def of_audience(audience: Audience, places: Places) -> Iterator[Facet]:
    yield from (facet for facet in places.of_audience(audience) if facet[2] >= SHARES_FROM)
    for name, shares in (
        ("audience_language", audience.languages),
        ("audience_interest", audience.interests),
        ("audience_brand", audience.brands),
    ):
        yield from ((name, thing, share) for thing, share in shares if share >= SHARES_FROM)


def of_creator(creator: Creator) -> Iterator[Facet]:
    yield from (("creator_interest", interest, 0) for interest in creator.interests)
    related = topics()[creator.topics[0]].related
    nearness = dict.fromkeys(related, _RELATED) | dict(zip(creator.topics, _NEARNESS, strict=False))
    yield from (("topic", topic, share) for topic, share in nearness.items())


def of_posts(posts: Sequence[Post], brands: Mapping[str, Brand]) -> Iterator[Facet]:
    """Counts, in hundredths as every share is kept: how many of the posts have the thing."""
    things = {
        "hashtag": Counter(tag for post in posts for tag in post.hashtags),
        "mention": Counter(handle for post in posts for handle in post.mentions),
    }
    things["creator_brand"] = Counter(
        {brands[handle].name: count for handle, count in things["mention"].items() if handle in brands}
    )
    names = {brand.id: brand.name for brand in brands.values()}
    things["sponsor"] = Counter(names[post.sponsored_by] for post in posts if post.sponsored_by in names)
    yield from ((facet, thing, count / 100) for facet, found in things.items() for thing, count in found.items())
