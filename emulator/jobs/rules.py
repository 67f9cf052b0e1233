"""Outcomes on command: rules that say how jobs end, and when.

Each has `match`, `outcome`, `after` (seconds), `error`, `skip` and `times`; None where nothing is wanted.
"""

from collections.abc import Mapping
from typing import Any, Final

from emulator.jobs.family import Family, Job
from emulator.world.rules import Rule, Rules
from emulator.world.world import World

RULES: Final = Rules("job")


def rule_for(world: World, family: Family, job: Job) -> Rule | None:
    return RULES.first(world, lambda rule: _matches(rule, family, job))


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
