"""Webhooks as they arrive: whose they are, that they are signed, and that their bodies are promised ones."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from emulator.check import schema
from emulator.check.asking import ask, operation_of
from emulator.check.exchange import Asked
from emulator.check.hints import dig, hints
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.receiver import Receiver, receiver_of
from emulator.check.rest import RestContract
from emulator.check.rule import Rule, finding
from emulator.check.run import Run

PATIENCE = 30.0  # seconds of real time until a webhook that is due is there
SOON = 1.0  # where time is virtual, everything that is due has been sent when the clock stands again
LOCAL = ("127.0.0.1", "localhost", "::1")


def checks(contract: Contract) -> Iterator[Check]:
    if isinstance(contract, RestContract) and contract.events and hints(contract.vendor).table("deliveries"):
        asking = hints(contract.vendor).table("deliveries")["mock"]
        words = "Every event is delivered to those who subscribed, signed, and with the body that is promised."
        needs = frozenset[Need]({"writes"})
        yield Check(
            f"{contract.vendor}/{asking}/deliveries", "behaviour", words, lambda run: _events(run, contract), needs
        )
        words = "What nobody subscribed to is not delivered, and neither is anything to a webhook that is gone."
        yield Check(
            f"{contract.vendor}/{asking}/silence", "behaviour", words, lambda run: _silence(run, contract), needs
        )


def reachable(run: Run) -> bool:
    """Whether the target can come to our receiver: it is on this machine, or we were told an address."""
    hosts = {urlsplit(place.url).hostname for place in run.target.places.values()}
    return bool(run.options.receiver) or hosts <= set(LOCAL)


@dataclass
class Mailbox:
    """A webhook of ours, and what came to it."""

    run: Run
    contract: RestContract
    receiver: Receiver
    path: str
    id: str
    seen: int = 0
    patience: float = PATIENCE
    ids: set[str] = field(default_factory=set)

    def about(self, job: str) -> list[Asked]:
        return [each for each in self.new(1) if dig(each.json, "data.job_id") == job]

    def new(self, count: int) -> list[Asked]:
        """What has come since the last time; at least so many are waited for. Each is held to the contract."""
        came = self.receiver.wait(self.path, self.seen + count, self.patience)[self.seen :]
        self.seen += len(came)
        if len(came) < count:
            self.patience = 0.1  # who has been let down once, waits no more
        for each in came:
            self._hold(each)
        return came

    def _hold(self, asked: Asked) -> None:
        event = dig(asked.json, "event")
        found = next((node for node in self.contract.events.values() if event in _names(self.contract, node)), None)
        if found is None:
            rule = Rule(f"{self.contract.vendor}/webhooks/event", "The event is one of the contract's.")
            self.run.report(finding(rule, f"{event!r} in {asked.body[:100]!r}", "a documented event"))
            return
        name = f"{self.contract.vendor}/{found['operationId']}"
        self._body(name, found, asked)
        self._signature(name, asked)
        rule = Rule(
            f"{name}/media-type", "Events come as JSON.", found.get("x-evidence", ""), found.get("x-source", "")
        )
        kind = asked.headers.get("content-type", "").partition(";")[0]
        self.run.expect(kind == "application/json", rule, kind, "application/json")
        rule = Rule(
            f"{name}/id", "Each event has an id of its own.", found.get("x-evidence", ""), found.get("x-source", "")
        )
        told = str(dig(asked.json, "id"))
        self.run.expect(told not in self.ids, rule, f"{told} once more", "a new id")
        self.ids.add(told)

    def _body(self, name: str, node: Any, asked: Asked) -> None:
        rule = Rule(f"{name}/body", "The body is as the event's schema says.", node["x-evidence"], node["x-source"])
        self.run.coverage.rules.add(rule.id)
        content = self.contract.resolve(node["requestBody"])["content"]["application/json"]["schema"]
        for error in schema.wrong(self.contract.validator(content), asked.json):
            at = "".join(f"/{step}" for step in error.instance_path)
            self.run.report(finding(rule, schema.at(asked.json, error.instance_path), error.message, at=at))

    def _signature(self, name: str, asked: Asked) -> None:
        told = hints(self.contract.vendor).table("deliveries")["signature"]
        rule = Rule(
            f"{name}/signature", "The event is signed with the customer's secret.", told["evidence"], told["source"]
        )
        secret = getattr(self.run.target.places[self.contract.vendor].credentials, told["key"])
        due = hmac.new(secret.encode(), asked.body, hashlib.sha256).hexdigest()
        came = asked.headers.get(told["header"].lower(), "")
        signed = due in [each.strip() for each in came.split(",")]
        self.run.expect(
            signed, rule, "another signature" if came else f"no {told['header']}", "HMAC-SHA256 of the body"
        )


def _names(contract: RestContract, node: Any) -> list[str]:
    content = contract.resolve(node["requestBody"])["content"]["application/json"]["schema"]
    event = schema.flat(contract.document, content)["properties"]["event"]
    return [*event.get("enum", ()), *([event["const"]] if "const" in event else ())]


def mailbox(run: Run, contract: RestContract) -> Mailbox:
    """A webhook that is subscribed to everything, one for a run; it goes when the run ends."""
    key = ("mailbox", contract.vendor)
    if key not in run.memory:
        every = [name for node in contract.events.values() for name in _names(contract, node)]
        run.memory[key] = subscribed(run, contract, every, "all")
    found: Mailbox = run.memory[key]
    return found


def subscribed(run: Run, contract: RestContract, events: list[str], name: str) -> Mailbox:
    if not reachable(run):
        raise Skipped("the target cannot reach a receiver of ours: --receiver URL names one that it can")
    told = hints(contract.vendor).table("deliveries")
    receiver, path = receiver_of(run), f"/{contract.vendor}/{name}-{len(run.memory)}"
    arguments = {"name": "Contract suite", "url": receiver.url + path, "events": events}
    made = ask(run, contract, operation_of(contract, told["subscribe"]), arguments)
    if not made.answered.successful or not isinstance(dig(made.json, "id"), str):
        raise Skipped(f"{told['subscribe']} answered {made.status}")
    patience = SOON if run.virtual else PATIENCE
    return Mailbox(run, contract, receiver, urlsplit(receiver.url).path + path, str(made.json["id"]), 0, patience)


def _unsubscribe(run: Run, contract: RestContract, box: Mailbox) -> None:
    told = hints(contract.vendor).table("deliveries")
    ask(run, contract, operation_of(contract, told["unsubscribe"]), {"id": box.id})


def _mock(run: Run, contract: RestContract, node: Any, event: str) -> Any:
    """The data that the event carries."""
    content = contract.resolve(node["requestBody"])["content"]["application/json"]["schema"]
    data = schema.sample(contract.document, schema.flat(contract.document, content)["properties"]["data"])
    operation = operation_of(contract, hints(contract.vendor).table("deliveries")["mock"])
    ask(run, contract, operation, {"payload": {"event": event, "data": data}})
    return data


def _events(run: Run, contract: RestContract) -> None:
    """Others may be told of in between: what happens, happens."""
    box = mailbox(run, contract)
    box.new(0)
    for node in contract.events.values():
        for event in _names(contract, node)[:1]:
            data = _mock(run, contract, node, event)
            if run.virtual:
                run.advance(1)
            came = [dig(each.json, "event") for each in box.new(1) if dig(each.json, "data") == data]
            words = "An event is delivered to those who subscribed, once."
            rule = Rule(
                f"{contract.vendor}/{node['operationId']}/delivered", words, node["x-evidence"], node["x-source"]
            )
            run.expect(came == [event], rule, came, [event])


def _silence(run: Run, contract: RestContract) -> None:
    nodes = [node for node in contract.events.values() if _names(contract, node)]
    wanted, other = nodes[0], nodes[1]
    box = subscribed(run, contract, _names(contract, wanted)[:1], "one")
    mailbox(run, contract)
    _mock(run, contract, other, _names(contract, other)[0])
    _mock(run, contract, wanted, _names(contract, wanted)[0])
    if run.virtual:
        run.advance(1)
    came = [dig(each.json, "event") for each in box.new(1)]
    rule = Rule(
        f"{contract.vendor}/webhooks/subscribed", "Only events that were subscribed to are delivered.", "documented"
    )
    run.expect(came == _names(contract, wanted)[:1], rule, came, _names(contract, wanted)[:1])
    _unsubscribe(run, contract, box)
    _mock(run, contract, wanted, _names(contract, wanted)[0])
    everything = mailbox(run, contract)
    everything.new(3)  # it has the same event, so whatever the other one was sent is there by now, too
    gone = Rule(f"{contract.vendor}/webhooks/gone", "Nothing is delivered to a webhook that was deleted.", "documented")
    late = [dig(each.json, "event") for each in box.new(0)]
    run.expect(not late, gone, late, "nothing")
