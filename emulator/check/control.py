"""What a target may offer beside the vendors: worlds of one's own and a clock, as our control API has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emulator.check.target import Credentials, Place, Unreachable

if TYPE_CHECKING:
    import httpx

PREFIX = "/_emulator"


@dataclass(frozen=True)
class World:
    """A world that was made for the checks."""

    name: str
    places: Mapping[str, Place]


@dataclass
class Control:
    """`token` is the control token, if one is asked for. `world` is the one whose clock moves."""

    client: "httpx.Client"
    url: str
    token: str = ""
    world: str = ""

    def offered(self) -> bool:
        """Whether the target is one that has this."""
        import httpx

        try:
            answer = self.client.get(f"{self.url}{PREFIX}/health")
        except httpx.HTTPError:
            return False
        return answer.status_code == 200 and answer.headers.get("content-type", "").startswith("application/json")

    def advance(self, seconds: int, world: str = "") -> None:
        self._call("POST", f"/worlds/{world or self.world}/clock/advance", {"by": f"PT{seconds}S"})

    def make(self, seed: int = 1, **limits: Any) -> World:
        """A world whose clock stands still."""
        plan = {"seed": seed, "recipe": "default", "clock": {"mode": "frozen"}, "limits": limits}
        return self._told(self._call("POST", "/worlds", plan))

    def existing(self, name: str) -> World:
        return self._told(self._call("GET", f"/worlds/{name}"))

    def _told(self, shown: Any) -> World:
        try:
            return World(shown["name"], places(self.url, shown["credentials"]))
        except (KeyError, TypeError, AttributeError):
            raise Unreachable(f"{self.url}{PREFIX}/worlds does not answer as the emulator's control API does") from None

    def delete(self, world: str) -> None:
        self._call("DELETE", f"/worlds/{world}")

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        """Raises Unreachable, which says what came instead."""
        import httpx

        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self.client.request(method, f"{self.url}{PREFIX}{path}", json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unreachable(f"{method} {self.url}{PREFIX}{path}: {error}") from None
        if not answer.is_success:
            raise Unreachable(f"{method} {self.url}{PREFIX}{path}: HTTP {answer.status_code} {answer.text[:200]}")
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise Unreachable(f"{method} {self.url}{PREFIX}{path} does not answer with JSON") from None


def places(url: str, credentials: Mapping[str, Mapping[str, Any]]) -> dict[str, Place]:
    """From the credentials of a world, as the control API tells them."""
    return {vendor: Place(url, _credentials(each)) for vendor, each in credentials.items()}


def _credentials(told: Mapping[str, Any]) -> Credentials:
    named = {key: str(told[key]) for key in ("username", "password", "token") if key in told}
    lists = {key.removesuffix("s"): value for key, value in told.items() if key.endswith("_ids")}
    return Credentials(**named, names={key: str(value[0]) for key, value in lists.items() if value})
