"""Rules that a world's user lays down for what would else go its usual way, such as how jobs end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.world import sql
from emulator.world.population.randomness import stream
from emulator.world.store import Statement
from emulator.world.tables import rules as table
from emulator.world.world import World

Rule = dict[str, Any]

_OF_KIND: Final = Statement(
    select(table.c.position, table.c.rule, table.c.matched)
    .where(table.c.world == bindparam("world"), table.c.kind == bindparam("kind"))
    .order_by(table.c.position)
)
_COUNT: Final = sql.change(table, ("world", "kind", "position"), ("matched",))


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that holds, its place among the others, and how many it had matched before."""

    rule: Rule
    position: int
    matched: int


class Rules:
    """The rules of one kind. Each has `skip`, how many of those that it matches it leaves alone first, and `times`.

    `times` says of how many it holds then; None is of all. Of these, it holds with its `probability`, if it has one:
    the world's seed decides, so that the same rules meet the same calls in the same way.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def all(self, world: World) -> list[Rule]:
        """In their order, each with `matched`: how many it has matched."""
        return [{**orjson.loads(stored), "matched": matched} for _, stored, matched in self._rows(world)]

    def replace(self, world: World, new: Sequence[Mapping[str, Any]]) -> None:
        world.transaction.change(sql.removal(table, "world", "kind"), {"key_world": world.name, "key_kind": self._kind})
        for position, rule in enumerate(new):
            place = {"world": world.name, "kind": self._kind, "position": position}
            row = {**place, "rule": orjson.dumps(rule), "matched": 0}
            world.transaction.change(sql.insertion(table, tuple(row)), row)

    def first(self, world: World, matches: Callable[[Rule], bool]) -> Rule | None:
        """The first that matches, and neither skips nor is used up; all that match on the way count it."""
        met = self.meet(world, matches)
        return None if met is None else met.rule

    def meet(self, world: World, matches: Callable[[Rule], bool]) -> Met | None:
        """The same, with where it stands."""
        for position, stored, matched in self._rows(world):
            rule: Rule = orjson.loads(stored)
            if matches(rule):
                key = {"key_world": world.name, "key_kind": self._kind, "key_position": position}
                world.transaction.change(_COUNT, {**key, "matched": matched + 1})
                if _due(rule, matched) and self._chosen(world, rule, position, matched):
                    return Met(rule, position, matched)
        return None

    def _chosen(self, world: World, rule: Rule, position: int, matched: int) -> bool:
        probability: float = rule.get("probability", 1)
        return probability >= 1 or stream(world.seed, self._kind, position, matched).random() < probability

    def _rows(self, world: World) -> list[Any]:
        return world.transaction.rows(_OF_KIND, {"world": world.name, "kind": self._kind})


def _due(rule: Rule, matched: int) -> bool:
    return bool(rule["skip"] <= matched and (rule["times"] is None or matched < rule["skip"] + rule["times"]))
