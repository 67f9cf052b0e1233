"""Looking for things by their attributes, and what to say if they are not there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from typing import Any, Final, TypeVar

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it

Thing = TypeVar("Thing")

_NEAREST: Final = 3
_LONGEST: Final = 200  # characters of a value in a message


class Criteria:
    """What is wanted of attributes; None is anything.

    Texts may hold `*` and `?`. A mapping asks for its own keys only, whatever else is there. `where` is a function of
    the thing. Raises TypeError for an attribute that things of this `form` have not, whether there are any or none.
    """

    def __init__(self, kind: str, form: type, /, *, where: Callable[[Any], bool] | None = None, **wanted: Any) -> None:
        self.kind = kind
        self._where = where
        self._wanted = {name: value for name, value in wanted.items() if value is not None}
        known = [each for each in dir(form) if not each.startswith("_")]
        for name in wanted:
            if name not in known:
                raise TypeError(f"{kind} have no {name!r}; they have {', '.join(known)}")

    def of(self, things: Sequence[Thing]) -> list[Thing]:
        return [each for each in things if not list(self.misses(each))]

    def misses(self, thing: object) -> Iterator[str]:
        """What is not as wanted, in words."""
        for name, wanted in self._wanted.items():
            seen = getattr(thing, name)
            seen = seen() if callable(seen) else seen
            if not matches(wanted, seen):
                yield f"{name} is {_short(seen)}, not {_short(wanted)}"
        if self._where is not None and not self._where(thing):
            yield "it is not one that `where` takes"

    def distance(self, thing: object) -> float:
        """How far a thing is from what is wanted; 0 is a match. Texts count by how much of them differs."""
        missed = len(list(self.misses(thing)))
        alike = sum(_alike(wanted, getattr(thing, name)) for name, wanted in self._wanted.items())
        return missed + 1 - alike / max(1, len(self._wanted))

    def __str__(self) -> str:
        words = [f"{name}={_short(value)}" for name, value in self._wanted.items()]
        return ", ".join([*words, *["where=..."] * (self._where is not None)]) or "anything"


def matches(wanted: Any, seen: Any) -> bool:
    if isinstance(wanted, Mapping) and isinstance(seen, Mapping):
        return all(key in seen and matches(value, seen[key]) for key, value in wanted.items())
    if isinstance(wanted, str) and isinstance(seen, str):
        return fnmatchcase(seen, wanted) or seen == wanted
    return bool(wanted == seen)


def counted(found: int, wanted: int | None, criteria: Criteria) -> str:
    number = f"{found or 'no'} {criteria.kind}"
    return f"there are {number} with {criteria}" + (f"; wanted {wanted}" if wanted is not None else "")


def nearest(criteria: Criteria, things: Sequence[Thing], shown: Callable[[Thing], str]) -> str:
    """Those that come closest, each with what is different about it."""
    if not things:
        return f"There are no {criteria.kind} at all."
    ranked = sorted(things, key=criteria.distance)[:_NEAREST]
    lines = [f"  {shown(each)}\n    {'; '.join(criteria.misses(each)) or 'matches'}" for each in ranked]
    return "\n".join([f"Nearest of {len(things)}:", *lines])


def _alike(wanted: Any, seen: Any) -> float:
    if isinstance(wanted, str) and isinstance(seen, str):
        return SequenceMatcher(None, wanted, seen, autojunk=False).ratio()
    return float(matches(wanted, seen() if callable(seen) else seen))


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
