"""What earlier answers of a GraphQL API told: objects by type, from which arguments are taken."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)

from emulator.check.asking import ask_graph
from emulator.check.exchange import Exchange
from emulator.check.graph import GraphContract, Root
from emulator.check.hints import hints
from emulator.check.plan import Skipped
from emulator.check.rule import finding
from emulator.check.run import Run
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
    _primed: bool = False
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
        if not self._primed:
            self._primed = True
            for root in self.contract.operations.values():
                if root.safe and not self._wanted(root):
                    with suppress(Skipped):
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
        if not root.safe and not self.run.target.own:
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

    def _fixed(self, root: Root) -> dict[str, Any]:
        table: dict[str, Any] = hints(self.contract.vendor).table("arguments").get(root.id, {})
        return table

    def _wanted(self, root: Root) -> list[str]:
        """Those that are required, or that say which object is meant."""
        identifying = [name for name in ("id",) if name in root.field.args]
        return [*dict.fromkeys([*root.required, *self._fixed(root), *identifying])]

    def arguments(self, root: Root) -> dict[str, Any]:
        """What is required, and what says which object is meant. Raises Skipped."""
        return {name: self._value(root, name) for name in self._wanted(root)}

    def _value(self, root: Root, name: str) -> Any:
        given = self._fixed(root).get(name)
        if isinstance(given, dict) and "of" in given:
            if given.get("made-by"):
                self.good(self.contract.operations[given["made-by"]])
            rows, where = self.rows(given["of"]), given.get("where", {})
            fitting = (row for row in rows if where and where.items() <= row.items())
            found = next((row[given["take"]] for row in fitting), None) or self._of(root, given["of"], given["take"])
            return [found] if given.get("list") else found
        if isinstance(given, str):
            return given.replace("{receiver}", self.run.memory.get("receiver", NOWHERE))
        return self._made(root, name, root.field.args[name].type) if given is None else given

    def _made(self, root: Root, name: str, type_: Any) -> Any:
        """By the name of the argument, or of a field of an input; then by its type alone."""
        type_ = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if isinstance(type_, GraphQLList):
            return [self._made(root, name.removesuffix("s"), type_.of_type)]
        if isinstance(type_, GraphQLInputObjectType):
            needed = {key: each for key, each in type_.fields.items() if isinstance(each.type, GraphQLNonNull)}
            return {key: self._made(root, key, each.type) for key, each in needed.items()}
        for owner in owners(self.contract.schema, root.name, name):
            for key in (name, "id"):
                if any(row.get(key) is not None for row in self.rows(owner)) and (key == name or name.endswith("Id")):
                    return self._of(root, owner, key)
        return self._plain(name, type_)

    def _of(self, root: Root, type_: str, key: str) -> Any:
        """What is to be deleted is the last one that is known, and never the only one."""
        values = self._values(type_, key)
        if root.name.startswith("delete"):
            if len(values) == 1 and self._another(type_):
                values = self._values(type_, key)
            if len(values) == 1:
                raise Skipped(f"the only {type_} is kept")
            return values[-1]
        return values[0]

    def _values(self, type_: str, key: str) -> list[Any]:
        """Each once. Raises Skipped if there is none."""
        found = [row[key] for row in self.rows(type_) if row.get(key) is not None]
        if not found:
            raise Skipped(f"no {type_} is known")
        return [value for place, value in enumerate(found) if value not in found[:place]]

    def _another(self, type_: str) -> bool:
        """Makes one more, if there is a mutation for it."""
        root = self.contract.operations.get(f"{self.contract.name}.create{type_}")
        if root is None or not self.run.target.own:
            return False
        self.learn(ask_graph(self.run, self.contract, root, self.arguments(root)))
        return True

    def _plain(self, name: str, type_: Any) -> Any:
        if isinstance(type_, GraphQLEnumType):
            return next(iter(type_.values))
        if type_.name in _PLAIN:
            return _PLAIN[type_.name]
        raise Skipped(f"nothing tells the argument {name}")


_PLAIN = {"String": "contract suite", "Int": 1, "Float": 1.0, "Boolean": False, "JSON": {}}


def owners(schema: GraphQLSchema, root: str, name: str) -> list[str]:
    """Types that an argument may be about: `viewId` of moveContentViewToGroup is that of a ContentView."""
    types = [kind for kind, each in schema.type_map.items() if isinstance(each, GraphQLObjectType) and kind[0] != "_"]
    about = name.removesuffix("Id").lower() if name.endswith("Id") else ""
    fitting = [kind for kind in types if about and kind.lower().endswith(about)]
    mentioned = [kind for kind in types if kind.lower() in root.lower()]
    exact = [kind for kind in fitting if kind.lower() == about]
    both = [kind for kind in mentioned if kind in fitting]
    rest = sorted(mentioned, key=len, reverse=True)[:1] if not about else fitting
    return [*dict.fromkeys([*both, *exact, *rest])]
