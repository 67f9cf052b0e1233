"""Names to be known by: readable, in each platform's alphabet, and never given twice on one platform."""

import re
import unicodedata
from random import Random

from emulator.world.population.platforms import PLATFORMS, PlatformName

_LONGEST = 15  # Twitter's limit, the tightest; only Twitter's handles are cut to it
_PATTERNS = (
    "{first}.{last}", "{first}{last}", "{first}_{last}", "{first}.{word}", "{word}by{first}", "{word}.with.{first}",
    "{first}{initial}", "the.{word}.{first}", "{first}{last}{year}",
)  # fmt: skip


def plain(text: str) -> str:
    """`Zoë Groß` becomes `zoegross`: what fits into handles and e-mail addresses everywhere."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]", "", decomposed)


def personal(source: Random, first: str, last: str, word: str, year: int) -> str:
    first, last = plain(first), plain(last)
    pattern = source.choice(_PATTERNS)
    return pattern.format(first=first, last=last, initial=last[0], word=word, year=f"{year % 100:02}")


class Handles:
    """The handles that are taken, whatever their case. The base handle of a creator is claimed with platform None."""

    def __init__(self) -> None:
        self._taken: set[tuple[PlatformName | None, str]] = set()

    def take(self, handle: str, platform: PlatformName) -> str:
        """Just this one, as it is."""
        self._taken.add((platform, handle.casefold()))
        return handle

    def is_free(self, wanted: str, platform: PlatformName) -> bool:
        return (platform, wanted.casefold()) not in self._taken

    def claim(self, wanted: str, platform: PlatformName | None = None) -> str:
        """The wanted handle in the platform's alphabet, with a number if somebody has it already."""
        base = fitting(wanted, platform)
        handle, number = base, 1
        while (platform, handle.casefold()) in self._taken:
            number += 1
            handle = f"{base}{number}"
        self._taken.add((platform, handle.casefold()))
        return handle


def fitting(wanted: str, platform: PlatformName | None) -> str:
    """The handle in the platform's alphabet."""
    if platform is None:
        return wanted
    separator = PLATFORMS[platform].separator
    handle = wanted if separator is None else re.sub(r"[._]", separator, wanted)
    too_long = platform == "Twitter" and len(handle) > _LONGEST
    return handle.replace("_", "")[: _LONGEST - 1] if too_long else handle  # a number may follow
