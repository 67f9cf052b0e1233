"""The creators of a campaign: who is booked, for how much, and what they sell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from emulator.world.population import vocabulary
from emulator.world.population.asked import Said
from emulator.world.population.cast import Creator
from emulator.world.population.handles import plain
from emulator.world.population.market import AdditionalField, Participant
from emulator.world.population.randomness import factor

_SILENT = 2  # of a campaign's creators, so many at most are booked and post nothing
_BASKET = 54.0  # euros that an order is usually worth
_NOTHING: Said = {}


def booked(
    source: Random, active: Sequence[Creator], size: int, topic: str, field_ids: Sequence[int]
) -> tuple[Participant, ...]:
    """The partners of a brand, by rising id: `active` creators who mostly fit the topic, some of whom stay silent."""
    chosen = _chosen(source, active, size, topic)
    silent = {creator.id for creator in chosen[: min(_SILENT, len(chosen) // 4)]}
    codes: set[str] = set()
    return tuple(
        _partner(source, creator, codes, delivers=creator.id not in silent, field_ids=field_ids)
        for creator in sorted(chosen, key=lambda creator: creator.id)
    )


def partners(
    source: Random, creators: Sequence[Creator], field_ids: Sequence[int], said: Mapping[int, Said]
) -> tuple[Participant, ...]:
    """Just these, all of whom deliver; by creator, what is said of their part."""
    codes: set[str] = set()
    return tuple(
        _partner(source, creator, codes, delivers=True, field_ids=field_ids, said=said[creator.id])
        for creator in creators
    )


def watched(source: Random, active: Sequence[Creator], size: int, topic: str) -> tuple[Participant, ...]:
    """Those whom a market report watches; nobody pays them."""
    chosen = _chosen(source, active, size, topic)
    return tuple(Participant(creator_id) for creator_id in sorted(creator.id for creator in chosen))


def _chosen(source: Random, creators: Sequence[Creator], size: int, topic: str) -> list[Creator]:
    """A weighted sample without repetition (Efraimidis and Spirakis), in an order without meaning."""
    keys = {creator.id: source.random() ** (1 / _fit(creator, topic)) for creator in creators}
    chosen = sorted(creators, key=lambda creator: keys[creator.id], reverse=True)[:size]
    return source.sample(chosen, k=len(chosen))


def _fit(creator: Creator, topic: str) -> float:
    return 12 if creator.topics[0] == topic else 6 if topic in creator.topics else 1


def _partner(
    source: Random,
    creator: Creator,
    codes: set[str],
    *,
    delivers: bool,
    field_ids: Sequence[int],
    said: Said = _NOTHING,
) -> Participant:
    """Figures that follow from others follow from what is said of these."""
    followers = creator.profiles[0].followers
    clicks = said.get("clicks", int(followers * 0.004 * factor(source, 0.5)) if delivers else 0)
    orders = max(int(clicks * 0.03 * factor(source, 0.4)), said.get("new_customers", 0))
    orders = said.get("orders", orders)
    usual = Participant(
        creator_id=creator.id,
        delivers=delivers,
        cost=round(followers**0.8 * 0.11 * factor(source, 0.3)) // 10 * 10 if source.random() < 0.85 else None,
        discount_code=_code(source, creator, codes),
        tracking_link=f"https://link.example/{source.getrandbits(32):08x}" if source.random() < 0.8 else None,
        clicks=clicks,
        orders=orders,
        new_customers=int(orders * source.uniform(0.4, 0.8)),
        revenue=round(orders * _BASKET * factor(source, 0.15), 2),
        fields=tuple(
            AdditionalField(field_id, field["name"], field["description"], _frozen(source.choice(field["values"])))
            for field_id, field in zip(field_ids, vocabulary.commerce().fields, strict=True)
        ),
    )
    return replace(usual, **said) if said else usual


def _code(source: Random, creator: Creator, taken: set[str]) -> str:
    """By which the shop tells a campaign's creators apart: a second ANNA10 becomes ANNA10X."""
    code = f"{plain(creator.name.split()[0]).upper()}{source.choice((10, 15, 20))}"
    while code in taken:
        code += "X"
    taken.add(code)
    return code


def _frozen(value: bool | str | list[str]) -> bool | str | tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else value
