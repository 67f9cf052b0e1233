"""GraphQL vendors' webhooks: a subscription is told of what happens, with the body that `webhooks.yaml` promises."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from emulator import resources
from emulator.check import schema
from emulator.check.asking import ask_graph
from emulator.check.graph import GraphContract
from emulator.check.hints import hints
from emulator.check.knowledge import known
from emulator.check.levels.deliveries import PATIENCE, SOON, reachable
from emulator.check.plan import Check, Contract, Need, Skipped
from emulator.check.receiver import receiver_of
from emulator.check.rule import Rule, finding
from emulator.check.run import Run
from emulator.contract.document import Node, read_yaml
from emulator.contract.validation import Schemas

STEP = 21_600  # seconds of virtual time between looks


def checks(contract: Contract) -> Iterator[Check]:
    if not isinstance(contract, GraphContract):
        return
    told = hints(contract.vendor).table("deliveries").get(contract.name)
    if told is not None:
        for event, operation in told["events"].items():
            words = f"{event} is delivered to who subscribed, with the body that is promised."
            name = f"{contract.vendor}/{told['subscribe']}/delivery.{event}"
            needs = frozenset[Need]({"writes", "clock", "own world"})
            yield Check(name, "behaviour", words, _run(contract, told, event, operation), needs)


def _run(contract: GraphContract, told: Node, event: str, operation: str) -> Any:
    def run(this: Run) -> None:
        if not reachable(this):
            raise Skipped("the target cannot reach a receiver of ours: --receiver URL names one that it can")
        node = _event(contract, operation)
        receiver = receiver_of(this)
        path = f"/{contract.vendor}/{event}"
        root = contract.operations[told["subscribe"]]
        given = known(this, contract).arguments(root) | {"event": event, "callbackUrl": receiver.url + path}
        ask_graph(this, contract, root, given)
        came = _waited(this, urlsplit(receiver.url).path + path, told["seconds"])
        ask_graph(this, contract, contract.operations[told["unsubscribe"]], {"event": event})
        delivered = _rule(contract, operation, node, "delivered", "What happens is told to who subscribed.")
        this.expect(bool(came), delivered, f"nothing in {told['seconds']} s", "a webhook")
        for asked in came[:3]:
            _hold(this, contract, operation, node, asked)

    return run


def _waited(run: Run, path: str, seconds: int) -> list[Any]:
    """What has come, as soon as something has; time passes meanwhile."""
    receiver = receiver_of(run)
    for _ in range(0, seconds, STEP):
        run.advance(STEP)
        if receiver.at(path):
            break
    return receiver.wait(path, 1, SOON if run.virtual else PATIENCE)


def _hold(run: Run, contract: GraphContract, operation: str, node: Node, asked: Any) -> None:
    kind = _rule(contract, operation, node, "media-type", "Webhooks come as JSON.")
    came = asked.headers.get("content-type", "").partition(";")[0]
    run.expect(came == "application/json", kind, came, "application/json")
    body = _rule(contract, operation, node, "body", "The body is as its schema says.")
    run.coverage.rules.add(body.id)
    content = node["requestBody"]["content"]["application/json"]["schema"]
    for error in schema.wrong(Schemas(_document(contract)).validator(content), asked.json):
        at = "".join(f"/{step}" for step in error.instance_path)
        run.report(finding(body, schema.at(asked.json, error.instance_path), error.message, at=at))


def _rule(contract: GraphContract, operation: str, node: Node, name: str, words: str) -> Rule:
    return Rule(f"{contract.vendor}/{operation}/{name}", words, node["x-evidence"], node["x-source"])


def _document(contract: GraphContract) -> Node:
    document: Node = read_yaml(resources.contracts() / contract.vendor / "webhooks.yaml")
    return document


def _event(contract: GraphContract, operation: str) -> Node:
    found = (item["post"] for item in _document(contract)["webhooks"].values())
    return next(node for node in found if node["operationId"] == operation)
