"""Setting faults, and what the journal says of them."""

from typing import Any

from tests.support import TestWorld

Fault = dict[str, Any]


def strike(world: TestWorld, *faults: Fault) -> None:
    """From now on these, and no others."""
    answer = world.control("PUT", "/faults", json={"faults": list(faults)})
    assert answer.status_code == 200, answer.text


def refused(world: TestWorld, *faults: Fault) -> str:
    """Why they are not taken."""
    answer = world.control("PUT", "/faults", json={"faults": list(faults)})
    assert answer.status_code == 400
    detail: str = answer.json()["detail"]
    return detail


def journal(world: TestWorld) -> list[dict[str, Any]]:
    """Exchanges, oldest first."""
    shown: list[dict[str, Any]] = world.control("GET", "/journal").json()["data"]
    return shown[::-1]


def struck(world: TestWorld) -> list[dict[str, Any] | None]:
    return [each["fault"] for each in journal(world)]
