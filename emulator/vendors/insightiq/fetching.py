"""How long the service needs to fetch an account's data (facts/insightiq.md, 5.4)."""

from typing import Final

from emulator.world import instant
from emulator.world.population.randomness import stream

_FASTEST: Final = 13 * instant.SECOND
_SLOWEST: Final = 67 * instant.SECOND


def duration(seed: int, *name: str | int) -> int:
    """Microseconds, the same ones for the same name.

    The bounds are those of first synchronisations (observed); that a refresh takes as long is assumed.
    """
    return stream(seed, "insightiq fetch", *name).randint(_FASTEST, _SLOWEST)


def first_done(seed: int, account_id: str, connected: int) -> int:
    """The instant at which all of an account is there for the first time, if it was connected at that instant."""
    return connected + duration(seed, account_id, connected)
