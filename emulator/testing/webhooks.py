"""Webhooks as a test sees them: what was sent to whom, with every attempt, and what came to the world's inbox."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emulator.calling import parsed
from emulator.client import Client
from emulator.testing.looking import Criteria, counted, nearest
from emulator.testing.moments import Span, given, in_words, length, read

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it

Moved = Callable[[datetime], bool]

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """One on its way to an address, or at its end. `state` is `delivered` once somebody has answered 2xx.

    `statuses` are the answers to the attempts so far, None where there was no answer. `verified` says whether it is
    signed as the vendor signs, and is None for those that the vendor does not sign.
    """

    id: int
    vendor: str
    event: str
    event_id: str
    url: str
    state: str
    raised_at: datetime
    statuses: tuple[int | None, ...]
    headers: Mapping[str, str] = field(repr=False)
    body: str
    verified: bool | None

    def json(self) -> Any:
        """None if the body is not JSON."""
        return parsed(self.body)


@dataclass(frozen=True, slots=True)
class Received:
    """One that came to the world's inbox, and the status that it was answered with."""

    number: int
    name: str
    event: str | None
    event_id: str | None
    at: datetime
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: str
    verified: bool | None

    def json(self) -> Any:
        """None if the body is not JSON."""
        return parsed(self.body)


class Webhooks:
    """All that the vendors of a world have sent. `moved` takes the clock to what falls due next."""

    def __init__(self, control: Client, inbox_url: str, moved: Moved) -> None:
        self._control = control
        self._inbox_url = inbox_url
        self._moved = moved

    @property
    def url(self) -> str:
        """An address that takes every webhook, for tests that have no receiver."""
        return self._inbox_url

    def all(self, event: str | None = None, **wanted: Any) -> list[Webhook]:
        """Those that match, oldest first. `wanted` are attributes of Webhook, and `where`, a function of one."""
        return Criteria("webhooks", Webhook, event=event, **wanted).of(self._sent())

    def wait_for(self, event: str | None = None, *, count: int = 1, within: Span = "P1D", **wanted: Any) -> Webhook:
        """The `count`th delivered webhook that matches; time is moved for it, at most by `within`.

        Raises AssertionError, which shows what was sent instead.
        """
        criteria = Criteria("webhooks", Webhook, event=event, state="delivered", **wanted)
        patience = length(within)
        until = read(self._control.get("clock")["now"]) + patience
        moved = True
        while len(found := criteria.of(self._sent())) < count:
            if moved:
                moved = self._moved(until)
            else:
                seen = nearest(criteria, self._sent(), _shown)
                raise AssertionError(
                    f"{counted(len(found), count, criteria)} within {in_words(patience)} of the world's time\n{seen}"
                )
        return found[count - 1]

    def assert_sent(self, event: str | None = None, *, times: int | None = None, **wanted: Any) -> Webhook:
        """The last that matches, of which there are `times`, or some. Raises AssertionError."""
        criteria = Criteria("webhooks", Webhook, event=event, **wanted)
        found = criteria.of(self._sent())
        if not found or (times is not None and len(found) != times):
            raise AssertionError(f"{counted(len(found), times, criteria)}\n{nearest(criteria, self._sent(), _shown)}")
        return found[-1]

    def assert_not_sent(self, event: str | None = None, **wanted: Any) -> None:
        criteria = Criteria("webhooks", Webhook, event=event, **wanted)
        if found := criteria.of(self._sent()):
            raise AssertionError(f"{counted(len(found), 0, criteria)}\n" + "\n".join(map(_shown, found[-3:])))

    def assert_received(self, event: str | None = None, *, times: int | None = None, **wanted: Any) -> Webhook:
        """Like `assert_sent`, for those that the receiver has answered 2xx."""
        return self.assert_sent(event, times=times, state="delivered", **wanted)

    def assert_verified(self) -> None:
        """Everything that a vendor signs is signed as it ought to be."""
        if forged := self.all(verified=False):
            raise AssertionError("not signed as the vendor signs:\n" + "\n".join(map(_shown, forged)))

    def received(self, name: str | None = None, **wanted: Any) -> list[Received]:
        """What came to the inbox, oldest first; `name` is the last part of the address."""
        found = (_received(each) for each in _pages(self._control, "inbox", "number", name=name))
        return Criteria("webhooks", Received, **wanted).of(sorted(found, key=lambda each: each.number))

    def answer_with(self, status: int, *, times: int | None = None, delay: float = 0, name: str = "default") -> None:
        """Have an address of the inbox answer so, for good or so often; `delay` is in seconds of real time."""
        self._control.put("inbox", name, body=given(status=status, times=times, delay_seconds=delay))

    def redeliver(self, webhook: Webhook) -> Webhook:
        return _webhook(self._control.post("deliveries", str(webhook.id), "redeliver"))

    def break_with(self, *faults: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Have deliveries go wrong in these ways and no others, as PUT webhook-faults takes them; without any, in none.

        Faults of requests, which `emulator.faults` has, stay; `emulator.faults.clear` clears both.
        """
        broken: list[dict[str, Any]] = self._control.put("webhook-faults", body=list(faults))["data"]
        return broken

    def faults(self) -> list[dict[str, Any]]:
        """How deliveries go wrong now, each fault with how many it has `matched`."""
        broken: list[dict[str, Any]] = self._control.get("webhook-faults")["data"]
        return broken

    def configure(self, **vendors: Mapping[str, Any]) -> None:
        """Time-out, retries and the like by vendor, as PUT webhook-settings takes them."""
        self._control.put("webhook-settings", body=vendors)

    def _sent(self) -> list[Webhook]:
        found = (_webhook(each) for each in _pages(self._control, "deliveries", "id"))
        return sorted(found, key=lambda each: each.id)


def _pages(control: Client, path: str, number: str, **query: Any) -> Iterator[dict[str, Any]]:
    """Everything of a list that gives the newest first."""
    before = None
    while page := control.get(path, limit=_PAGE, before=before, **query)["data"]:
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1][number]


def _webhook(shown: Mapping[str, Any]) -> Webhook:
    return Webhook(
        **{name: shown[name] for name in ("id", "vendor", "event", "event_id", "url", "state", "verified")},
        raised_at=read(shown["raised_at"]),
        statuses=tuple(attempt["status"] for attempt in shown["attempts"]),
        headers=shown["request"]["headers"],
        body=shown["request"]["body"] or "",
    )


def _received(shown: Mapping[str, Any]) -> Received:
    return Received(
        **{name: shown[name] for name in ("number", "name", "event", "event_id", "status", "headers", "verified")},
        at=read(shown["at"]),
        body=shown["body"] or "",
    )


def _shown(each: Webhook) -> str:
    answers = ", ".join(str(status or "no answer") for status in each.statuses) or "not tried yet"
    return f"{each.vendor} {each.event} to {each.url}: {each.state} ({answers})"
