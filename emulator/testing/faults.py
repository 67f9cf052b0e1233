"""What goes wrong in a world on command."""

from collections.abc import Mapping
from typing import Any

from emulator.client import Client

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it


class Faults:
    """What goes wrong with requests to a world: one list that is replaced as a whole, in the form of PUT faults.

    What goes wrong with webhooks is a list beside it, which `emulator.webhooks.break_with` replaces.
    """

    def __init__(self, control: Client) -> None:
        self._control = control

    def set(self, *faults: Mapping[str, Any]) -> list[dict[str, Any]]:
        """These and no others from now on, as they were understood; without any, requests go well again.

        Faults of webhooks stay.
        """
        return self._listed(self._control.put("faults", body={"faults": list(faults)}))

    def all(self) -> list[dict[str, Any]]:
        """Those of requests, each with how many it has `matched`."""
        return self._listed(self._control.get("faults"))

    def clear(self) -> None:
        """Everything goes well again, requests and webhooks."""
        self._control.delete("faults")

    def _listed(self, answer: Any) -> list[dict[str, Any]]:
        faults: list[dict[str, Any]] = answer["faults"]
        return faults
