"""A world as one portable document: its own rows, and the recipe of the population that it shares with others.

Whoever reads it needs no rows of that population: the same version of the emulator makes the same ones again.
"""

import base64
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import orjson
from sqlalchemy import Column, LargeBinary, Table, bindparam, select

from emulator.world import sql
from emulator.world.population import Recipe, unpacked
from emulator.world.snapshots import OWN, Kept, State
from emulator.world.store import Statement, Transaction
from emulator.world.tables import PER_WORLD, POPULATED, metadata, origins

FORMAT: Final = "creator-api-emulator world"
VERSION: Final = 1

_RECIPE = Statement(select(origins.c.recipe).where(origins.c.scope == bindparam("scope")))
_KNOWN: Final = {table.name for table in PER_WORLD}


class CannotImport(ValueError):
    """The message says what was seen and what to do."""


def exported(transaction: Transaction, kept: Kept, name: str, inbox: str) -> dict[str, Any]:
    """JSON. `inbox` is where addresses of the world's inbox begin."""
    (recipe,) = transaction.row(_RECIPE, {"scope": kept.state["origin"]}) or (b"null",)
    tables = {str(table.name): _rows(transaction, table, kept.scope) for table in kept.tables}
    content = {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "inbox": inbox,
        "recipe": orjson.loads(recipe),
        "world": {column: value for column, value in kept.state.items() if column != "origin"},
        "tables": {name: rows for name, rows in tables.items() if rows["rows"] or name not in _KNOWN},
    }
    return {**content, "digest": _digest(content)}


def checked(content: Mapping[str, Any]) -> Recipe:
    """The recipe of an export that is whole, and that this version can go on with. Raises CannotImport."""
    told, rest = content.get("digest"), {key: value for key, value in content.items() if key != "digest"}
    if content.get("format") != FORMAT:
        raise CannotImport(f"this is no world: its format is {str(content.get('format'))[:100]!r}, not {FORMAT!r}")
    if content.get("version") != VERSION:
        raise CannotImport(f"this world is of version {str(content.get('version'))[:100]}; {VERSION} can be read")
    if told != _digest(rest):
        raise CannotImport("the world was changed or cut off since it was exported; export it again")
    recipe = unpacked(orjson.dumps(content["recipe"]))
    if recipe is None or not _fits(content):
        raise CannotImport("the world was exported by another version of the emulator; import it with that one")
    return recipe


def state_of(content: Mapping[str, Any], origin: str) -> State:
    """The columns of the world's row, with the population under the scope that it has here."""
    world = content["world"]
    initial = orjson.dumps({**orjson.loads(world["initial"]), "origin": origin}).decode()
    return {**world, "origin": origin, "initial": initial}


def insert(transaction: Transaction, content: Mapping[str, Any], name: str) -> None:
    """Write the rows of the export as those of the world of that name."""
    for each, rows in content["tables"].items():
        table = metadata.tables[each]
        columns = [table.c[column] for column in rows["columns"]]
        written = [_read(columns, row) for row in rows["rows"]]
        statement = sql.insertion(table, ("world", *rows["columns"]))
        transaction.many(statement, [{"world": name, **row} for row in written])


def _rows(transaction: Transaction, table: Table, scope: str) -> dict[str, Any]:
    rows = transaction.rows(sql.everything(table), {"world": scope})
    return {"columns": _names(table), "rows": [[_shown(value) for value in row] for row in rows]}


def _names(table: Table | None) -> list[str]:
    return [] if table is None else [str(column.name) for column in table.c if column.name != "world"]


def _fits(content: Mapping[str, Any]) -> bool:
    """Whether the tables are those of this version."""
    known = {table.name: table for table in (*PER_WORLD, *POPULATED.values())}
    world = {*content["world"], "origin"} == {str(column.name) for column in OWN}
    return world and all(rows["columns"] == _names(known.get(name)) for name, rows in content["tables"].items())


def _shown(value: Any) -> Any:
    """Bytes are mostly JSON, which is text."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def _read(columns: list[Column[Any]], row: list[Any]) -> dict[str, Any]:
    return {column.name: _value(column, value) for column, value in zip(columns, row, strict=True)}


def _value(column: Column[Any], value: Any) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value.encode() if isinstance(value, str) and isinstance(column.type, LargeBinary) else value


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
