"""How long the service needs to fetch an account's data (facts/insightiq.md, 5.4)."""

from typing import Final

from emulator.world import instant
from emulator.world.population.randomness import stream

PROFILE: Final = "insightiq.refresh_profile"

_FASTEST: Final = 13 * instant.SECOND
_SLOWEST: Final = 67 * instant.SECOND
_OBSERVED: Final = {  # seconds from the connection to the end of the first synchronisation
    "TikTok": (13, 38),
    "YouTube": (13, 14),
    "Twitch": (26, 27),
    "X": (27, 29),
    "Instagram": (60, 67),  # observed of Instagram Direct
}
_PRODUCTS: Final = ("identity", "engagement", "activity", "income")  # contents without their owner make no sense


def duration(seed: int, *name: str | int) -> int:
    """Microseconds, the same ones for the same name.

    The bounds are those of first synchronisations (observed); that a refresh takes as long is assumed.
    """
    return stream(seed, "insightiq fetch", *name).randint(_FASTEST, _SLOWEST)


def first_done(seed: int, account_id: str, platform: str, product: str, connected: int) -> int:
    """The instant at which a product is there for the first time, if the account was connected at that instant.

    The times of day of several products are not known: all of them within the observed bounds is assumed.
    """
    source = stream(seed, "insightiq first sync", account_id, connected)
    fastest, slowest = _OBSERVED.get(platform, (_FASTEST // instant.SECOND, _SLOWEST // instant.SECOND))
    ends = sorted(source.randint(fastest * instant.SECOND, slowest * instant.SECOND) for _ in _PRODUCTS)
    return connected + ends[_PRODUCTS.index(product)]
