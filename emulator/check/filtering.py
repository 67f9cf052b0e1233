"""Filters as `checks.yaml` describes them."""

from dataclasses import dataclass
from typing import Any

from emulator.check.hints import dig, hints
from emulator.check.rest import Operation, RestContract

_BOUNDS = {"minimum": "min", "maximum": "max", "since": "from", "until": "to"}


@dataclass(frozen=True)
class Filter:
    """The parameter `by` compares with the `field` of each of the `rows`, by a `rule`.

    equal; among: a list that has it; listed: the same as texts with commas; contains; from and to: at least, at most;
    from_day and to_day: of moments; minimum and maximum, since and until: of an object with `min` or `max`, or with
    `from` or `to`.
    """

    by: str
    field: str
    rule: str
    rows: str
    evidence: str
    whole: bool


def filters_of(contract: RestContract, operation: Operation) -> list[Filter]:
    return [
        _read(contract, each) for each in hints(contract.vendor).node.get("filters", ()) if operation.id in each["for"]
    ]


def _read(contract: RestContract, node: Any) -> Filter:
    rows = node.get("rows", hints(contract.vendor).table("rows").get("at", "data"))
    return Filter(
        node["by"],
        node.get("field", node["by"]),
        node.get("rule", "equal"),
        rows,
        node["evidence"],
        node.get("whole", True),
    )


def wanted(each: Filter, rows: list[Any]) -> Any:
    """A value by which some of the rows stay and, if that can be, others go. None if there is nothing to go by."""
    seen = [value for value in (dig(row, each.field) for row in rows) if value is not None]
    if not seen:
        return None
    chosen = sorted(seen, key=str if isinstance(seen[0], str) else None)[len(seen) // 2]
    match each.rule:
        case "among":
            return [chosen]
        case "from_day" | "to_day":
            return str(chosen)[:10]
        case "minimum" | "maximum" | "since" | "until":
            return {_BOUNDS[each.rule]: chosen}
        case "contains":
            return str(chosen)[:4]
        case _:
            return chosen


def kept_by(each: Filter, value: Any, row: Any) -> bool:
    has = dig(row, each.field)
    if has is None:
        return False
    match each.rule:
        case "among":
            return bool(has in value)
        case "listed":
            return bool(has in value.split(","))
        case "from" | "to":
            return bool(has >= value if each.rule == "from" else has <= value)
        case "from_day" | "to_day":
            return bool(has[:10] >= value if each.rule == "from_day" else has[:10] <= value)
        case "minimum" | "maximum" | "since" | "until":
            bound = value[_BOUNDS[each.rule]]
            return bool(has >= bound if each.rule in ("minimum", "since") else has <= bound)
        case "contains":
            return bool(value.lower() in str(has).lower())
        case _:
            return bool(has == value)
