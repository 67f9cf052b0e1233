"""The few shapes of writing statements, made once per table and set of columns."""

from functools import cache

from sqlalchemy import Table, and_, bindparam, delete, insert, select, update

from emulator.world.store import Statement


@cache
def insertion(table: Table, columns: tuple[str, ...]) -> Statement:
    """Parameters: the columns."""
    return Statement(insert(table), columns)


@cache
def change(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Statement:
    """Parameters: `key_<column>` for those of the key, and the columns."""
    where = and_(*(table.c[name] == bindparam(f"key_{name}") for name in key))
    return Statement(update(table).where(where), columns)


@cache
def removal(table: Table, *key: str) -> Statement:
    """Parameters: `key_<column>` for those of the key."""
    return Statement(delete(table).where(*(table.c[name] == bindparam(f"key_{name}") for name in key)))


@cache
def copy(table: Table) -> Statement:
    """Parameters: `origin`, whose rows are copied, and `to`, the world that gets them."""
    others = [column for column in table.c if column.name != "world"]
    rows = select(bindparam("to"), *others).where(table.c.world == bindparam("origin"))
    return Statement(insert(table).from_select(["world", *(column.name for column in others)], rows))
