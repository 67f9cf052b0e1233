"""What goes wrong in a world on command."""

from collections.abc import Mapping
from typing import Any

from emulator.testing.control import Control


class Faults:
    """The faults of a world: one list that is replaced as a whole, in the form of PUT faults."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def set(self, *faults: Mapping[str, Any]) -> list[dict[str, Any]]:
        """These and no others from now on, as they were understood."""
        return self._listed(self._control.put("/faults", {"faults": list(faults)}))

    def all(self) -> list[dict[str, Any]]:
        return self._listed(self._control.get("/faults"))

    def clear(self) -> None:
        """Everything goes well again."""
        self._control.delete("/faults")

    def _listed(self, answer: Any) -> list[dict[str, Any]]:
        faults: list[dict[str, Any]] = answer["faults"]
        return faults
