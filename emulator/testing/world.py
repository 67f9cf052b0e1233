"""A world in the hand of a test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import httpx

from emulator.client import Client, Refused
from emulator.environment import named
from emulator.inprocess import InProcess
from emulator.testing.clients import VendorName, arguments
from emulator.testing.faults import Faults
from emulator.testing.jobs import Jobs
from emulator.testing.journal import Requests
from emulator.testing.listening import listening
from emulator.testing.moments import Moment, Span, given, read, seconds, written
from emulator.testing.seeds import Seeds
from emulator.testing.webhooks import Webhooks
from emulator.words import hint

if TYPE_CHECKING:
    from emulator.testing.asynchronous import AsyncEmulator

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it


@dataclass(frozen=True, slots=True)
class Ran:
    """A task that fell due on the way of the clock, such as the end of a job; `error` is what went wrong in it."""

    kind: str
    due: datetime
    error: str | None = None


class Emulator:
    """One world of an emulator: addresses and credentials for an application, and everything that moves the world.

    Its parts are `webhooks`, `requests`, `jobs`, `faults` and `seed`; `aio` is the same for who awaits.
    What the emulator refuses raises Refused, with what was seen and what to do.
    """

    def __init__(self, control: Client, shown: Mapping[str, Any], transport: InProcess | None) -> None:
        self.name: str = shown["name"]
        self.seed_number: int = shown["seed"]
        self._url = control.url
        self._root = control
        self._control = control.under("worlds", self.name)
        self._shown = shown
        self._transport = transport
        self._clients: dict[str, httpx.Client] = {}
        self._opening = Lock()
        self.webhooks = Webhooks(self._control, shown["inbox_url"], self._move_on)
        self.requests = Requests(self._control)
        self.jobs = Jobs(self._control)
        self.faults = Faults(self._control)
        self.seed = Seeds(self._control)

    def __repr__(self) -> str:
        """As it began: what it is by now, `shown` asks for."""
        began = f"recipe {self._shown['recipe']}, seed {self.seed_number}, epoch {self._shown['epoch']}"
        return f"<Emulator {self.name} at {self._url}: {began}>"

    @cached_property
    def aio(self) -> "AsyncEmulator":
        from emulator.testing.asynchronous import AsyncEmulator

        return AsyncEmulator(self)

    def shown(self) -> dict[str, Any]:
        """The world as the control API shows it now: recipe, seed, epoch, clock, limits, choices, credentials."""
        shown: dict[str, Any] = self._control.get()
        return shown

    def url(self, vendor: VendorName) -> str:
        """What an application takes for the vendor's own address, such as https://api.insightiq.ai."""
        self.credentials(vendor)  # all are at one address, but nobody else's
        return self._url

    def credentials(self, vendor: VendorName) -> dict[str, Any]:
        """InsightIQ: `username`, `password`. Archive: `token`, `shop_ids`, `workspace_ids`. Storyclash: `token`.

        Raises ValueError for another vendor, as all that take one do.
        """
        known: Mapping[str, dict[str, Any]] = self._shown["credentials"]
        if vendor not in known:
            raise ValueError(f"{vendor!r} is no vendor; {hint(vendor, known)}")
        return dict(known[vendor])

    @property
    def environment(self) -> dict[str, str]:
        """Addresses and credentials as variables, for an application that is configured by them."""
        return named(self._url, self._shown["credentials"])

    def client(self, vendor: VendorName) -> httpx.Client:
        """A client with the vendor's address and this world's credentials; closed with the world.

        That of Archive is in the first shop and workspace.
        """
        with self._opening:
            if vendor not in self._clients:
                self._clients[vendor] = httpx.Client(
                    **arguments(vendor, self._url, self.credentials(vendor), self._transport)
                )
            return self._clients[vendor]

    def async_client(self, vendor: VendorName) -> httpx.AsyncClient:
        """The same, to be closed by who asked for it."""
        return httpx.AsyncClient(**arguments(vendor, self._url, self.credentials(vendor), self._transport))

    @property
    def transport(self) -> InProcess | None:
        """For httpx clients of an application in this process: no socket is needed. None over the network."""
        return self._transport

    @contextmanager
    def receiver(self, application: Any) -> Iterator[str]:
        """An address at which an ASGI application receives this world's webhooks.

        An emulator in this process calls it without a socket; otherwise it listens on a free port. It is called on
        another event loop than the test's, and without ASGI's lifespan.
        """
        if self._transport is None:
            with listening(application) as url:
                yield url
            return
        url, neighbours = f"http://{self.name}.localhost", self._transport.application.neighbours
        neighbours[url] = application
        try:
            yield url
        finally:
            del neighbours[url]

    @property
    def now(self) -> datetime:
        return read(self._control.get("clock")["now"])

    def advance(self, by: Span | None = None, *, to: Moment | None = None) -> list[Ran]:
        """Move the clock, and return when all that falls due on the way is done, webhooks delivered included."""
        if (by is None) == (to is None):
            raise TypeError("advance() takes a span, or a moment as `to`")
        return self._advance({"by": seconds(by)} if by is not None else {"to": written(to or "")})

    def settle(self) -> list[Ran]:
        """What is due right now is done when this returns; a frozen clock stays where it is."""
        clock = self._control.get("clock")
        return self._go(clock, clock["now"])

    def freeze(self) -> datetime:
        return read(self._control.patch("clock", body={"mode": "frozen"})["now"])

    def resume(self, rate: float | None = None) -> datetime:
        """Let time pass by itself, at `rate` world seconds a second."""
        return read(self._control.patch("clock", body=given(mode="running", rate=rate))["now"])

    def disconnect(self, account: Mapping[str, Any] | str) -> None:
        """Have the owner of an account of InsightIQ end its connection."""
        self._account(account, "disconnect")

    def expire(self, account: Mapping[str, Any] | str, *, now: bool = True) -> None:
        """Have the platform end its session; otherwise than `now`, the next sync finds out."""
        self._account(account, "expire", {"now": now})

    def reconnect(self, account: Mapping[str, Any] | str) -> None:
        self._account(account, "reconnect")

    def reset(self) -> None:
        """Back to how the world was made."""
        self._control.post("reset")

    def snapshot(self, name: str = "default") -> str:
        """Keep the world as it is now; an earlier snapshot of that name is replaced."""
        return str(self._control.post("snapshots", body={"name": name})["name"])

    def rollback(self, name: str = "default") -> None:
        """Back to a snapshot: the same calls then give the same answers. The snapshot stays."""
        self._control.post("snapshots", name, "restore")

    def snapshots(self) -> list[str]:
        return [each["name"] for each in self._control.get("snapshots")["data"]]

    @contextmanager
    def fork(self, name: str | None = None, *, snapshot: str | None = None) -> Iterator["Emulator"]:
        """A second world that goes on from here, or from a snapshot, with credentials of its own; gone afterwards."""
        body = given(name=name) | {"from": given(world=self.name, snapshot=snapshot)}
        with passing(self._root, body, self._transport) as forked:
            yield forked

    def export(self) -> dict[str, Any]:
        """The whole world as JSON, for `Server.imported` of this or another emulator of the same version."""
        exported: dict[str, Any] = self._control.get("export")
        return exported

    def close(self) -> None:
        """Close the clients; the world stays."""
        with self._opening:
            while self._clients:
                self._clients.popitem()[1].close()

    def _advance(self, distance: dict[str, Any]) -> list[Ran]:
        ran = self._control.post("clock", "advance", body=distance)["ran"]
        return [Ran(each["kind"], read(each["due"]), each.get("error")) for each in ran]

    def _account(self, account: Mapping[str, Any] | str, act: str, body: dict[str, Any] | None = None) -> None:
        account_id = account if isinstance(account, str) else account["id"]
        self._control.post("insightiq", "accounts", account_id, act, body=body)

    def _move_on(self, until: datetime) -> bool:
        """To what falls due next, at most until then; False if nothing does, when what is under way has ended."""
        clock = self._control.get("clock")
        due = clock["next_due"]
        if due is None or read(due) > until:
            self._go(clock, clock["now"])
            return False
        self._go(clock, max(due, clock["now"]))
        return True

    def _go(self, clock: Mapping[str, Any], to: str) -> list[Ran]:
        """A clock that runs may be beyond that moment by now; it is moved by what was missing to it."""
        if clock["mode"] == "frozen":
            return self._advance({"to": to})
        return self._advance({"by": max(1e-6, (read(to) - read(clock["now"])).total_seconds())})


@contextmanager
def passing(control: Client, plan: Mapping[str, Any], transport: InProcess | None) -> Iterator[Emulator]:
    """A new world, gone afterwards, as it is already if the test or the end of its server has taken it away."""
    made = Emulator(control, control.post("worlds", body=plan), transport)
    try:
        yield made
    finally:
        made.close()
        try:
            control.delete("worlds", made.name)
        except Refused as refused:
            if refused.status not in (0, 404):
                raise
