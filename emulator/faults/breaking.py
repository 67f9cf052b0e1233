"""Answers that break the contract: a member is missing, of another type, or has a value that no enum knows."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from random import Random
from typing import Any, Final

import jsonschema_rs
import orjson

from emulator.contract.document import Node, load, resolve
from emulator.contract.validation import Schemas
from emulator.faults import catalogue
from emulator.faults.fault import Fault, How

Path = tuple[str | int, ...]
Breaks = Callable[[Any, Path, How], bool]  # whether the changed answer breaks the contract in just this way

_PLACES: Final = 5_000  # of an answer that come into question
_TRIES: Final = 300  # changes that are tried before an answer is found to have nothing to break
_HOWS: Final[Sequence[How]] = ("missing", "type", "enum")
_WORDS: Final = {"missing": "is missing", "type": "is of another type", "enum": "has a value that no enum knows"}
_NOTHING: Final = "nothing in the answer could be broken so"


def broken(
    body: bytes, fault: Fault, vendor: str, operation: str | None, status: int, source: Random
) -> tuple[bytes, str]:
    """The answer broken at one place, and in words where; as it was, if nothing in it can be broken so.

    The fault may name place and way; else `source` chooses among those that the contract does not allow.
    """
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return body, _NOTHING
    breaks = _breaks(vendor, operation, status) if fault.pointer is None else _always
    for path, how in islice(_changes(answer, fault, source), _TRIES):
        changed = _changed(answer, path, how)
        if breaks(changed, path, how):
            return orjson.dumps(changed), f"{_pointer(path)} {_WORDS[how]}"
    return body, _NOTHING


def _changes(answer: Any, fault: Fault, source: Random) -> Iterator[tuple[Path, How]]:
    hows: list[How] = [fault.how] if fault.how else list(_HOWS)
    places = list(islice(_places(answer, ()), _PLACES))
    if fault.pointer is not None:
        yield from ((path, hows[0]) for path, _ in places if _pointer(path) == fault.pointer)
        return
    source.shuffle(places)
    source.shuffle(hows)
    for how in hows:
        yield from ((path, how) for path, value in places if how != "enum" or isinstance(value, str))


def _places(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield (*path, key), value
        yield from _places(value, (*path, key))


def _pointer(path: Path) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _changed(node: Any, path: Path, how: How) -> Any:
    """A copy as far as it differs."""
    if not path:
        return "EMULATOR_UNKNOWN" if how == "enum" else _of_another_type(node)
    key, rest = path[0], path[1:]
    copy = node.copy()
    if rest or how != "missing":
        copy[key] = _changed(node[key], rest, how)
    else:
        del copy[key]
    return copy


def _of_another_type(value: Any) -> Any:
    return [] if isinstance(value, dict) else {} if isinstance(value, list) else {"unexpected": value}


def _always(_changed: Any, _path: Path, _how: How) -> bool:
    return True


@cache
def _breaks(vendor: str, operation: str | None, status: int) -> Breaks:
    if vendor == catalogue.GRAPHQL:
        return _breaks_graphql
    validator = _validator(vendor, operation, status)

    def breaks(changed: Any, _path: Path, how: How) -> bool:
        errors = list(islice(validator.iter_errors(changed), 5)) if validator else []
        return any(how != "enum" or _is_of_enum(error) for error in errors)

    return breaks


def _breaks_graphql(_changed: Any, path: Path, how: How) -> bool:
    """Whatever was selected is there, and of its type; which fields are enums says the schema."""
    from emulator.faults.sdl import enum_fields  # brings a parser along, which few need

    if path[0] != "data" or len(path) == 1:
        return False
    if how == "enum":
        names = [step for step in path if isinstance(step, str)]
        return names[-1] in enum_fields()
    return how == "type" or isinstance(path[-1], str)


def _is_of_enum(error: Any) -> bool:
    """Within alternatives, too: `anyOf: [{enum: ...}, {type: "null"}]`."""
    if error.schema_path and error.schema_path[-1] in ("enum", "const"):
        return True
    return any(_is_of_enum(each) for branch in getattr(error.kind, "context", ()) for each in branch)


def _validator(vendor: str, operation: str | None, status: int) -> jsonschema_rs.Draft202012Validator | None:
    document = load(vendor)
    nodes = [node for _, node in catalogue.nodes(document) if node["operationId"] == operation]
    response: Node = resolve(document, nodes[0]["responses"].get(str(status), {})) if nodes else {}
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    return None if schema is None else Schemas(document).validator(schema)
