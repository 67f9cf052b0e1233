"""One typed object with everything that can be set; where the values come from is the command line's business."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from emulator.world.clock import Mode

LogLevel = Literal["debug", "info", "warning", "error"]
InsightIQLimit = int | Literal["off"]
ArchiveLimit = Literal["plan", "off"]
StoryclashLimit = Literal["hourly", "setup", "off"]
StoryclashErrors = Literal["reported", "proper"]
StoryclashImport = Literal["on", "off"]

FaultsByHeader = Literal["local", "on", "off"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(url: str) -> bool:
    """Whether it is of this machine, by the host that it names."""
    try:
        return urlsplit(url).hostname in LOOPBACK
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Settings:
    """`state` None keeps everything in memory. `recipe` is a name or a file; `epoch` is an instant.

    `recipe`, `seed`, `epoch`, `clock`, `clock_rate`, the limits and the vendors' choices say how the world `default` is
    made if the state has none yet; None leaves epoch, clock and rate to the recipe, and the rest to the vendors.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str | None = None
    state: Path | None = None
    recipe: str = "default"
    seed: int = 1
    epoch: int | None = None
    clock: Mode | None = None
    clock_rate: float | None = None
    insightiq_limit: InsightIQLimit | None = None
    archive_limit: ArchiveLimit | None = None
    storyclash_limit: StoryclashLimit | None = None
    storyclash_errors: StoryclashErrors | None = None
    storyclash_import: StoryclashImport | None = None
    allow_webhooks_to: tuple[str, ...] = ()
    control_token: str | None = None
    faults_by_header: FaultsByHeader = "local"
    until_eof: bool = False
    log_level: LogLevel = "info"

    @property
    def url(self) -> str:
        """Where clients reach the server: what the vendors' answers name as their own address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base_url or f"http://{host}:{self.port}"

    @property
    def reachable_from_elsewhere(self) -> bool:
        return self.host not in LOOPBACK

    @property
    def takes_faults_by_header(self) -> bool:
        """`local` is on where only this machine reaches the server, as clients of vendors hold no control token."""
        return self.faults_by_header == "on" or (self.faults_by_header == "local" and not self.reachable_from_elsewhere)

    @property
    def limits(self) -> dict[str, int | str]:
        """By vendor, those that were chosen."""
        chosen = {
            "insightiq": self.insightiq_limit,
            "archive": self.archive_limit,
            "storyclash": self.storyclash_limit,
        }
        return {vendor: limit for vendor, limit in chosen.items() if limit is not None}

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        """By vendor, what else was chosen."""
        storyclash = {"errors": self.storyclash_errors, "creator_import": self.storyclash_import}
        return {"storyclash": {name: value for name, value in storyclash.items() if value is not None}}
