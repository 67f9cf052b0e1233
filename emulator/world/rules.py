"""Rules that a world's user lays down for what would else go its usual way, such as how jobs end."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.world import sql
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


class Rules:
    """The rules of one kind. Each has `skip`, how many of those that it matches it leaves alone first, and `times`.

    `times` says of how many it holds then; None is of all.
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
        for position, stored, matched in self._rows(world):
            rule: Rule = orjson.loads(stored)
            if matches(rule):
                key = {"key_world": world.name, "key_kind": self._kind, "key_position": position}
                world.transaction.change(_COUNT, {**key, "matched": matched + 1})
                if rule["skip"] <= matched and (rule["times"] is None or matched < rule["skip"] + rule["times"]):
                    return rule
        return None

    def _rows(self, world: World) -> list[Any]:
        return world.transaction.rows(_OF_KIND, {"world": world.name, "kind": self._kind})
