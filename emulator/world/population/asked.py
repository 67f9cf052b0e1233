"""What is asked for by name: a creator or a campaign in the form that `named_fields` gives it, and what that means."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from emulator.world.population import vocabulary
from emulator.world.population.handles import fitting
from emulator.world.population.platforms import PlatformName

Said = Mapping[str, Any]

UNCONNECTABLE: Final[tuple[PlatformName, ...]] = ("Pinterest", "Discord")

_DATE: Final = len("2026-01-31")


class CannotJoin(ValueError):
    """`field` is what is wrong; the message says what was seen and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def handle_on(said: Said, profile: Said) -> str | None:
    """The one that is asked for, in the platform's alphabet; None leaves it to chance."""
    wanted = profile.get("handle", said.get("handle"))
    return None if wanted is None else fitting(wanted, profile["platform"])


def moment(said: int | str, now: datetime, *, last: bool) -> datetime:
    """Numbers are days from that of `now` on; of a day it is the first second, or the last. Raises ValueError."""
    if isinstance(said, str) and len(said) > _DATE:
        found = datetime.fromisoformat(said.upper().replace(":60", ":59"))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    day = now.date() + timedelta(days=said) if isinstance(said, int) else date.fromisoformat(said)
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return first + timedelta(days=1, seconds=-1) if last else first


@cache
def cities() -> Mapping[str, Sequence[str]]:
    """The countries that have a city of that name."""
    found: dict[str, list[str]] = {}
    for country in vocabulary.countries().values():
        for each in country.cities:
            found.setdefault(each.name, []).append(country.code)
    return found


def countries_of(said: Said) -> Mapping[str, float] | None:
    """Weights of the countries where the creator may live, as far as that is said."""
    if "country" in said:
        return {said["country"]: 1.0}
    return dict.fromkeys(cities()[said["city"]], 1.0) if "city" in said else None
