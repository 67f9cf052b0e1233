"""Creators: an identity that lives somewhere, talks about something and has profiles."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from emulator.world.population import people, vocabulary
from emulator.world.population.cast import Creator, CreatorKind
from emulator.world.population.deals import deals
from emulator.world.population.handles import Handles
from emulator.world.population.market import Brand
from emulator.world.population.origin import Origin
from emulator.world.population.profiles import profiles_of
from emulator.world.population.randomness import gapped, pick
from emulator.world.population.schedule import Schedule
from emulator.world.population.vocabulary import City, Country

_PER_BRAND_CHANNEL = 12  # one creator in so many is a brand's own channel
_PER_MAGAZINE = 30


def roles(origin: Origin) -> dict[int, CreatorKind]:
    """The creators' ids, rising, and what each of them is."""
    source, count = origin.stream("roles"), origin.recipe.creators
    channels = min(count // _PER_BRAND_CHANNEL, origin.recipe.brands)
    magazines = count // _PER_MAGAZINE
    counts: Mapping[CreatorKind, int] = {
        "brand": channels,
        "media": magazines,
        "influencer": count - channels - magazines,
    }
    kinds = [kind for kind, share in counts.items() for _ in range(share)]
    source.shuffle(kinds)
    return dict(zip(gapped(source, count, first=source.randint(10_000, 60_000), gap=40), kinds, strict=True))


def creators(
    origin: Origin, kinds: Mapping[int, CreatorKind], brands: list[Brand], plan: Schedule, handles: Handles
) -> list[Creator]:
    names = people.Names()
    owners, dealt = {brand.creator_id: brand for brand in brands}, deals(origin, tuple(kinds))
    cast = []
    for creator_id, kind in kinds.items():
        source = origin.stream("creator", creator_id)
        country, city = home(source, origin.recipe.countries)
        match kind:
            case "brand":
                identity = people.channel(owners[creator_id])
            case "media":
                identity = people.magazine(source, city, handles)
            case "influencer":
                identity = people.person(source, country.names, names, handles, origin.epoch.date())
        creator = creator_of(source, creator_id, origin.uuid("creator", creator_id), identity, country, city)
        posts, deal = len(plan.numbers[creator_id]), dealt.get(creator_id)
        profiles = profiles_of(creator, source, origin, handles, posts, deal.platform if deal else None)
        cast.append(replace(creator, profiles=profiles))
    return cast


def home(source: Random, countries: Mapping[str, float]) -> tuple[Country, City]:
    """Larger cities, which are listed first, have more creators."""
    country = vocabulary.countries()[pick(source, countries)]
    weights = [1 / rank for rank, _ in enumerate(country.cities, start=2)]
    return country, source.choices(country.cities, weights)[0]


def creator_of(source: Random, id: int, uuid: str, who: people.Identity, country: Country, city: City) -> Creator:
    topics = [vocabulary.topics()[name] for name in who.topics]
    return Creator(
        id=id,
        uuid=uuid,
        kind=who.kind,
        name=who.name,
        first_name=who.first_name,
        last_name=who.last_name,
        gender=who.gender,
        born=who.born,
        country=country.code,
        country_name=country.name,
        region=city.region,
        city=city.name,
        lat=city.lat,
        lng=city.lng,
        language=country.language,
        topics=who.topics,
        interests=tuple(dict.fromkeys(interest for topic in topics for interest in topic.interests[:2])),
        category=topics[0].category,
        email=who.email,
        phone="".join(str(source.randrange(10)) if sign == "#" else sign for sign in country.phone),
        website=who.website,
        handle=who.handle,
        profiles=(),
    )
