"""The server that is checked: where it is, what it costs, and what must not be told of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.check.exchange import Answered, Asked, Exchange

if TYPE_CHECKING:
    import httpx

    from emulator.check.control import Control


class Unreachable(Exception):
    """The target does not answer; the message says why."""


class BudgetSpent(Exception):
    """No call is left."""


@dataclass(frozen=True)
class Credentials:
    """Of one vendor: user name and password, or a token; `names` are what it asks for beside them, such as a shop."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        return bool(self.password or self.token)

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(each for each in (self.password, self.token) if each)


@dataclass(frozen=True)
class Place:
    """Where a vendor is served, and who asks."""

    url: str
    credentials: Credentials


@dataclass
class Budget:
    """`calls` and `rate` (calls a second) may be None: as many, and as fast, as it takes."""

    calls: int | None = None
    rate: float | None = None
    spent: int = 0
    kept_back: int = 0  # for cleaning up
    _next: float = 0

    def take(self) -> None:
        """Waits until the rate allows another call. Raises BudgetSpent before a call too many."""
        if self.calls is not None and self.spent + self.kept_back >= self.calls:
            raise BudgetSpent
        self.spent += 1
        if self.rate:
            now = time.monotonic()
            pause(max(0.0, self._next - now))
            self._next = max(now, self._next) + 1 / self.rate


def pause(seconds: float) -> None:
    """Real time passes: the target is another program."""
    time.sleep(seconds)


@dataclass
class Target:
    """`places` are by vendor. `control` is our control API, if the target has it; `own` says that the world is ours.

    `watch` is told of every exchange, with the vendor and the secrets that may be in it.
    """

    name: str
    client: "httpx.Client"
    places: Mapping[str, Place]
    budget: Budget = field(default_factory=Budget)
    control: "Control | None" = None
    own: bool = False
    watch: Callable[[str, Exchange], None] | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(secret for place in self.places.values() for secret in place.credentials.secrets)

    def send(self, vendor: str, asked: Asked) -> Exchange:
        """Raises BudgetSpent, Unreachable."""
        import httpx

        self.budget.take()
        try:
            response = self.client.request(asked.method, asked.url, headers=dict(asked.headers), content=asked.body)
        except httpx.HTTPError as error:
            raise Unreachable(
                f"{asked.method} {asked.url.partition('?')[0]}: {str(error) or type(error).__name__}"
            ) from None
        headers = {name.lower(): value for name, value in response.headers.items()}
        exchange = Exchange(asked, Answered(response.status_code, headers, response.content))
        if self.watch is not None:
            self.watch(vendor, exchange)
        return exchange
