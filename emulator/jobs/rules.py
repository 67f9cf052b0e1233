"""Outcomes on command: rules that say how jobs end, and when."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.family import Family, Job
from emulator.world import sql
from emulator.world.store import Statement
from emulator.world.tables import job_rules
from emulator.world.world import World

_RULES: Final = Statement(
    select(job_rules.c.position, job_rules.c.rule, job_rules.c.matched)
    .where(job_rules.c.world == bindparam("world"))
    .order_by(job_rules.c.position)
)
_COUNT: Final = sql.change(job_rules, ("world", "position"), ("matched",))


def rule_for(world: World, family: Family, job: Job) -> dict[str, Any] | None:
    """The first rule that matches the job, neither skips it nor is used up; all that match on the way count it."""
    for position, stored, matched in world.transaction.rows(_RULES, {"world": world.name}):
        rule: dict[str, Any] = orjson.loads(stored)
        if not _matches(rule, family, job):
            continue
        world.transaction.change(_COUNT, {"key_world": world.name, "key_position": position, "matched": matched + 1})
        if rule["skip"] <= matched and (rule["times"] is None or matched < rule["skip"] + rule["times"]):
            return rule
    return None


def rules(world: World) -> list[dict[str, Any]]:
    """In their order, each with `matched`: how many jobs it has seen."""
    found = world.transaction.rows(_RULES, {"world": world.name})
    return [{**orjson.loads(stored), "matched": matched} for _, stored, matched in found]


def replace_rules(world: World, new: Sequence[Mapping[str, Any]]) -> None:
    """Each has `match`, `outcome`, `after` (seconds), `error`, `skip` and `times`; None where nothing is wanted."""
    world.transaction.change(sql.removal(job_rules, "world"), {"key_world": world.name})
    for position, rule in enumerate(new):
        row = {"world": world.name, "position": position, "rule": orjson.dumps(rule), "matched": 0}
        world.transaction.change(sql.insertion(job_rules, tuple(row)), row)


def named(match: Mapping[str, Any], family: Family) -> bool:
    """Whether the rule's `match` may mean jobs of the family."""
    return all(match.get(key, value) == value for key, value in (("vendor", family.vendor), ("family", family.name)))


def _matches(rule: Mapping[str, Any], family: Family, job: Job) -> bool:
    """The family has the outcome, `id` is equal, and everything in `request` stands in the job's request."""
    match = rule["match"]
    possible = named(match, family) and rule["outcome"] in (None, *family.outcomes)
    return possible and match.get("id", job.id) == job.id and _contains(job.request, match.get("request", {}))


def _contains(given: Any, wanted: Any) -> bool:
    """Objects by the keys that are wanted, lists if each wanted entry is among the given ones."""
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(
            key in given and _contains(given[key], value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(given, list) and all(any(_contains(each, one) for each in given) for one in wanted)
    return bool(given == wanted)
