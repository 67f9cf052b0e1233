"""Which literals and JSON values a scalar accepts, and what it makes of them: nothing is converted."""

from collections.abc import Callable, Mapping
from typing import Any, Final

INTEGERS: Final = range(-(2**31), 2**31)

Coercion = Callable[[Any], Any]  # None for what is not accepted


class Uncoercible(Exception):
    """A scalar's own words about a value that it does not accept."""

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.extensions = extensions


def _int(value: Any) -> int | None:
    return value if type(value) is int and value in INTEGERS else None


def _float(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _id(value: Any) -> str | None:
    return str(value) if type(value) in (int, str) else None


def _boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _anything(value: Any) -> Any:
    return value


BUILT_IN: Final[Mapping[str, Coercion]] = {
    "Int": _int,
    "Float": _float,
    "String": _string,
    "ID": _id,
    "Boolean": _boolean,
}


def coercion(name: str) -> Coercion:
    """Those that the library does not know accept anything, as JSON does."""
    return BUILT_IN.get(name, _anything)
