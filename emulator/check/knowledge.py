"""What earlier answers of a GraphQL API told: objects by type, from which arguments are taken."""

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLEnumType, get_named_type

from emulator.check.asking import ask_graph
from emulator.check.exchange import Exchange
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import hints
from emulator.check.rule import finding
from emulator.check.run import Run, Skipped
from emulator.check.values import NOWHERE


def known(run: Run, contract: GraphContract) -> "Knowledge":
    """One for a run."""
    key = ("knowledge", contract.vendor, contract.name)
    if key not in run.memory:
        run.memory[key] = Knowledge(run, contract)
    found: Knowledge = run.memory[key]
    return found


@dataclass
class Knowledge:
    """`objects` are those seen so far, by the name of their type."""

    run: Run
    contract: GraphContract
    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _good: dict[str, tuple[dict[str, Any], Exchange] | Skipped] = field(default_factory=dict)

    def good(self, root: Root) -> tuple[dict[str, Any], Exchange]:
        """Arguments that gave data, and the answer; asked for once. Raises Skipped."""
        if root.id not in self._good:
            try:
                self._good[root.id] = self._ask(root)
            except Skipped as skipped:
                self._good[root.id] = skipped
        found = self._good[root.id]
        if isinstance(found, Skipped):
            raise Skipped(str(found))
        return found

    def rows(self, type_: str) -> list[dict[str, Any]]:
        """Objects of a type; reads whatever needs no arguments first. Each stands once."""
        if not self.objects:
            for root in self.contract.operations.values():
                if root.safe and not self._arguments_wanted(root):
                    self.good(root)
        return self.objects.get(type_, [])

    def learn(self, exchange: Exchange) -> None:
        for type_, seen in self.contract.objects(exchange):
            rows = self.objects.setdefault(type_, [])
            if seen not in rows and len(rows) < 200:
                rows.append(seen)

    def _ask(self, root: Root) -> tuple[dict[str, Any], Exchange]:
        if not root.safe and not self.run.options.writes:
            raise Skipped(f"{root.id} writes, which --allow-writes allows")
        if root.id in hints(self.contract.vendor).table("own-world") and not self.run.target.own:
            raise Skipped(f"{root.id} cannot be undone: only in a world of its own")
        arguments = self.arguments(root)
        exchange = ask_graph(self.run, self.contract, root, arguments)
        self.learn(exchange)
        answer = exchange.json if isinstance(exchange.json, dict) else {}
        if answer.get("errors") or (answer.get("data") or {}).get(root.name) is None:
            rule = root.rule("answered", "Inputs that are valid, and that the target itself told, are answered.")
            self.run.report(finding(rule, exchange.answered.body[:200].decode(errors="replace"), "data", exchange))
            raise Skipped(f"{root.id} gave no data")
        return arguments, exchange

    def _arguments_wanted(self, root: Root) -> list[str]:
        """Those that are required, or that say which object is meant."""
        fixed = hints(self.contract.vendor).table("arguments").get(root.id, {})
        identifying = [name for name in ("id",) if name in root.field.args]
        return [*dict.fromkeys([*root.required, *fixed, *identifying])]

    def arguments(self, root: Root) -> dict[str, Any]:
        """What is required, and what says which object is meant. Raises Skipped."""
        fixed = hints(self.contract.vendor).table("arguments").get(root.id, {})
        return {name: self._value(root, name, fixed) for name in self._arguments_wanted(root)}

    def _value(self, root: Root, name: str, fixed: dict[str, Any]) -> Any:
        if name in fixed:
            given = fixed[name]
            return (
                given.replace("{receiver}", self.run.memory.get("receiver", NOWHERE))
                if isinstance(given, str)
                else given
            )
        for row in self.rows(self.owner(root)):
            if row.get(name) is not None:
                return row[name]
        type_ = get_named_type(root.field.args[name].type)
        if isinstance(type_, GraphQLEnumType):
            return next(iter(type_.values))
        if type_.name == "String":
            return "contract suite"
        raise Skipped(f"nothing tells the argument {name}")

    def owner(self, root: Root) -> str:
        """`creatorPosts` is about a Creator: the longest type whose name it begins with."""
        names = (name for name in self.contract.schema.type_map if root.name.lower().startswith(name.lower()))
        return max(names, key=len, default="")
