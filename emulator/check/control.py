"""What a target may offer beside the vendors: worlds of one's own and a clock, as our control API has them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from emulator.check.target import Credentials, Place, Unreachable
from emulator.client import PREFIX, Client, Refused


@dataclass(frozen=True)
class World:
    """A world that was made for the checks."""

    name: str
    places: Mapping[str, Place]


@dataclass
class Control:
    """`world` is the one whose clock moves. Refusals are raised as Unreachable, which says what came instead."""

    client: Client
    world: str = ""

    def offered(self) -> bool:
        """Whether the target is one that has this."""
        try:
            self.client.get("health")
        except Refused:
            return False
        return True

    def advance(self, seconds: int, world: str = "") -> None:
        with _reached():
            self.client.post("worlds", world or self.world, "clock", "advance", body={"by": f"PT{seconds}S"})

    def make(self, seed: int = 1, **limits: Any) -> World:
        """A world whose clock stands still."""
        plan = {"seed": seed, "recipe": "default", "clock": {"mode": "frozen"}, "limits": limits}
        with _reached():
            return self._told(self.client.post("worlds", body=plan))

    def existing(self, name: str) -> World:
        with _reached():
            return self._told(self.client.get("worlds", name))

    def delete(self, world: str) -> None:
        with _reached():
            self.client.delete("worlds", world)

    def _told(self, shown: Any) -> World:
        url = self.client.url
        try:
            return World(shown["name"], places(url, shown["credentials"]))
        except (KeyError, TypeError, AttributeError):
            raise Unreachable(f"{url}{PREFIX}/worlds does not answer as the emulator's control API does") from None


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise Unreachable(str(refused)) from None


def places(url: str, credentials: Mapping[str, Mapping[str, Any]]) -> dict[str, Place]:
    """From the credentials of a world, as the control API tells them."""
    return {vendor: Place(url, _credentials(each)) for vendor, each in credentials.items()}


def _credentials(told: Mapping[str, Any]) -> Credentials:
    named = {key: str(told[key]) for key in ("username", "password", "token") if key in told}
    lists = {key.removesuffix("s"): value for key, value in told.items() if key.endswith("_ids")}
    return Credentials(**named, names={key: str(value[0]) for key, value in lists.items() if value})
