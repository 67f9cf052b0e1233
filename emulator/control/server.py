"""Health and version."""

from emulator import NAME, __version__
from emulator.contract.document import load
from emulator.control.control import Control


def get_health(control: Control) -> dict[str, str]:
    """Ready as soon as this can be asked: the server listens only when its first world is there."""
    control.worlds.list()
    return {"status": "ready"}


def get_version(control: Control) -> dict[str, str]:  # noqa: ARG001
    return {"name": NAME, "version": __version__, "api": load("control")["info"]["version"]}
