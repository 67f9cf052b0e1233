"""What the messages of our own interfaces have in common."""

import difflib
from collections.abc import Iterable
from typing import Any, Final

_NAMES: Final = 40
_LONGEST: Final = 200  # characters of a value in a message


def hint(seen: object, known: Iterable[Any]) -> str:
    """What somebody may have meant who wrote something else: the nearest of what is known, or all of it."""
    names = list(dict.fromkeys(str(each) for each in known))
    close = difflib.get_close_matches(str(seen), names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"allowed: {', '.join(names[:_NAMES]) or 'none'}{', ...' if len(names) > _NAMES else ''}"


def sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def seen(value: object) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
    return "nothing" if value is None else f"{type(value).__name__} {shown}"
