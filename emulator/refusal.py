"""Why a request is not answered as asked: what all vendors have in common before each says it in its own words."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Location = Literal["path", "query", "header", "body"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise of a request. `rule` is the JSON Schema keyword: required, type, maximum, enum, ...

    `error` is the validator's own, for who says more about it.
    """

    location: Location
    field: str
    rule: str
    message: str
    error: Any = dataclasses.field(default=None, repr=False, compare=False)


class Refusal(Exception):
    """Raised before a handler is reached. Each vendor turns every subclass into its own status and body."""


class NoSuchPath(Refusal):
    """No operation has this path."""


class MethodNotAllowed(Refusal):
    """The path exists; `allow` are the methods it has."""

    def __init__(self, allow: Sequence[str]) -> None:
        super().__init__(", ".join(allow))
        self.allow = ", ".join(allow)


class Unauthenticated(Refusal):
    """The credential is missing, malformed or unknown."""


class TooLarge(Refusal):
    """The body, or the address, has more bytes than the server reads."""


class UnsupportedMediaType(Refusal):
    """The body is declared to be something else than JSON."""


class Malformed(Refusal):
    """The body is not JSON."""


class Invalid(Refusal):
    """The request breaks the contract in one or more places."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("; ".join(f"{each.location} {each.field}: {each.message}" for each in violations))
        self.violations = tuple(violations)


class Broken(Refusal):
    """The emulator itself failed: a bug, or a state that cannot be written. The log says more."""


class RateLimited(Refusal):
    """A limit of the contract is reached; `wait` is in microseconds of the world's clock."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{wait} us")
        self.wait = wait
