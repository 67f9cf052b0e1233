"""What `contracts/<vendor>/checks.yaml` adds for the suite: where values come from, and rules beside the schemas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from emulator import resources
from emulator.contract.document import Node, read_yaml


@dataclass(frozen=True)
class Source:
    """An operation whose answer holds sensible values: `take` is a path within each row by the name it serves.

    A path in a list gives the values of `rows` rows together.
    """

    operation: str
    arguments: Node
    each: str
    where: Node
    take: Node
    only: frozenset[str]
    rows: int

    @classmethod
    def read(cls, node: Node) -> "Source":
        return cls(
            node["from"],
            node.get("with", {}),
            node.get("each", ""),
            node.get("where", {}),
            node["take"],
            frozenset(node.get("for", ())),
            node.get("rows", 1),
        )


@dataclass(frozen=True)
class Hints:
    """One file. `node` has the rest of it by key; what is not there is empty."""

    sources: Sequence[Source]
    node: Mapping[str, Any]

    def table(self, key: str) -> Node:
        found: Node = self.node.get(key, {})
        return found


@cache
def hints(vendor: str) -> Hints:
    file = resources.contracts() / vendor / "checks.yaml"
    node = read_yaml(file) if file.exists() else {}
    return Hints(tuple(Source.read(each) for each in node.get("discover", ())), node)


def dig(value: Any, path: str) -> Any:
    """`work_platform.id` in an object; in a list `0`, or the first with `status=CONNECTED`. None if it is not there."""
    for step in path.split(".") if path else ():
        if isinstance(value, list):
            value = _member(value, step)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _member(rows: list[Any], step: str) -> Any:
    if step.isdigit():
        return rows[int(step)] if int(step) < len(rows) else None
    name, _, wanted = step.partition("=")
    return next((row for row in rows if isinstance(row, dict) and str(row.get(name)) == wanted), None)
