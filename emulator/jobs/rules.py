"""Outcomes on command: rules that say how jobs end, and when."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.family import Job
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


def rule_for(world: World, job: Job) -> dict[str, Any] | None:
    """The first rule that matches the job and is not used up; it counts the job."""
    for position, stored, matched in world.transaction.rows(_RULES, {"world": world.name}):
        rule: dict[str, Any] = orjson.loads(stored)
        if not _matches(rule["match"], job):
            continue
        world.transaction.change(_COUNT, {"key_world": world.name, "key_position": position, "matched": matched + 1})
        if rule["skip"] <= matched < rule["skip"] + (rule["times"] or matched + 1):
            return rule
    return None


def rules(world: World) -> list[dict[str, Any]]:
    """In their order, each with `matched`: how many jobs it has seen."""
    found = world.transaction.rows(_RULES, {"world": world.name})
    return [{**orjson.loads(stored), "matched": matched} for _, stored, matched in found]


def replace_rules(world: World, new: Sequence[Mapping[str, Any]]) -> None:
    world.transaction.change(sql.removal(job_rules, "world"), {"key_world": world.name})
    for position, rule in enumerate(new):
        row = {"world": world.name, "position": position, "rule": orjson.dumps(rule), "matched": 0}
        world.transaction.change(sql.insertion(job_rules, tuple(row)), row)


def _matches(match: Mapping[str, Any], job: Job) -> bool:
    """`vendor`, `family` and `id` are equal, and everything in `request` stands in the job's request."""
    named = {"vendor": job.vendor, "family": job.family, "id": job.id}
    same = all(match.get(name, value) == value for name, value in named.items())
    return same and _contains(job.request, match.get("request", {}))


def _contains(given: Any, wanted: Any) -> bool:
    """Objects by the keys that are wanted, lists if each wanted entry is among the given ones."""
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(
            key in given and _contains(given[key], value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(given, list) and all(any(_contains(each, one) for each in given) for one in wanted)
    return bool(given == wanted)
