"""GraphQL: limits beside a schema: what they allow is answered, one request more is not, and headers tell of them."""

import re
from collections.abc import Iterator
from typing import Any

from emulator import resources
from emulator.check import schema
from emulator.check.asking import ask_graph
from emulator.check.exchange import Exchange
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import dig, hints
from emulator.check.plan import Check, Contract, Need
from emulator.check.rule import Rule
from emulator.check.run import Run
from emulator.contract.document import Node, read_yaml

_POLICY = re.compile(r'"(\w+)";q=(\d+);w=(\d+)')
_LEFT = re.compile(r'"(\w+)";r=(\d+);t=\d+')
FULL = 300  # seconds after which every bucket is full again


def checks(contract: Contract) -> Iterator[Check]:
    """`limits` of checks.yaml says what is asked for; the figures are those of `<contract>.yaml`."""
    told = hints(contract.vendor).table("limits")
    if not isinstance(contract, GraphContract) or contract.name not in told:
        return
    row, figures = told[contract.name], _figures(contract)
    root, needs = contract.operations[row["ask"]], frozenset[Need]({"clock", "own world"})
    most = figures["limits"]["requests_per_second"]
    words = f"{most} requests in a second are answered, one more is not."
    yield Check(
        f"{contract.vendor}/{root.id}/limit.second", "behaviour", words, _second(contract, root, row, figures), needs
    )
    for name, cost in figures["costs"]["pages"].items():
        page = contract.operations[f"{contract.name}.{name}"]
        if not page.required:
            words = f"A page costs {cost} of the budget, which the headers tell."
            run = _cost(contract, page, row, figures, cost)
            yield Check(f"{contract.vendor}/{page.id}/limit.cost", "behaviour", words, run, needs)


def _figures(contract: GraphContract) -> Node:
    found: Node = read_yaml(resources.contracts() / contract.vendor / f"{contract.name}.yaml")
    return found


def _rule(root: Root, node: Node, what: str, words: str) -> Rule:
    return root.rule(f"limit.{what}", words, node["x-evidence"], node["x-source"])


def _second(contract: GraphContract, root: Root, row: Node, figures: Node) -> Any:
    def run(this: Run) -> None:
        with this.elsewhere(**{contract.vendor: row["world"]}) as there:
            allowed = _rule(root, figures["limits"], "allowed", "What the limit allows is answered.")
            for number in range(figures["limits"]["requests_per_second"]):
                exchange = ask_graph(there, contract, root, {})
                this.expect(exchange.status == 200, allowed, f"{exchange.status} to number {number + 1}", 200, exchange)
            refused = ask_graph(there, contract, root, {})
            enforced = _rule(root, figures["limits"], "enforced", "One request more is refused.")
            this.expect(refused.status == 429, enforced, refused.status, 429, refused)
            _told(this, root, row, refused)
            _waited(this, there, contract, root, row, refused)

    return run


def _told(run: Run, root: Root, row: Node, refused: Exchange) -> None:
    rule = _rule(root, row, "words", "The refusal says so.")
    run.coverage.rules.add(rule.id)
    for error in schema.wrong(schema.alone(row["schema"]), refused.json):
        run.expect(False, rule, refused.answered.body[:160], error.message, refused)


def _waited(run: Run, there: Run, contract: GraphContract, root: Root, row: Node, refused: Exchange) -> None:
    rule = _rule(root, row, "retry", "Retry-After says how many seconds to wait, and waiting so long helps.")
    told = refused.answered.headers.get("retry-after", "")
    run.expect(told == "1", rule, f"Retry-After: {told or 'nothing'}", "1", refused)
    there.advance(1)
    again = ask_graph(there, contract, root, {})
    run.expect(again.status == 200, rule, f"{again.status} after a second", 200, again)


def _cost(contract: GraphContract, root: Root, row: Node, figures: Node, cost: int) -> Any:
    def run(this: Run) -> None:
        with this.elsewhere(**{contract.vendor: row["world"]}) as there:
            there.advance(FULL)
            exchange = ask_graph(there, contract, root, {"first": figures["limits"]["max_page"]}, "nodes { id }")
            burst = _policy(this, root, figures, exchange)
            rule = _rule(root, figures["costs"], "cost", "A page costs what is published, of a full budget.")
            left = _LEFT.fullmatch(exchange.answered.headers.get("ratelimit", ""))
            came = left and int(left[2])
            this.expect(came == burst - cost, rule, f"{came} are left of {burst}", burst - cost, exchange)

    return run


def _policy(run: Run, root: Root, figures: Node, exchange: Exchange) -> int:
    """How much the budget holds, by the header. It is that of one of the plans."""
    rule = _rule(root, figures["plans"], "policy", "ratelimit-policy tells the plan, its budget, and when it is full.")
    came = exchange.answered.headers.get("ratelimit-policy", "")
    name, burst, seconds = found.groups() if (found := _POLICY.fullmatch(came)) else ("", "0", "0")
    plan = dig(figures["plans"], name) or {"burst": 0, "refill": 1}
    due = plan["burst"], plan["burst"] // plan["refill"]
    run.expect(bool(name) and (int(burst), int(seconds)) == due, rule, came or "no header", due, exchange)
    return int(burst)
