"""The few shapes of writing statements, made once per table and set of columns."""

from functools import cache

from sqlalchemy import LargeBinary, String, Table, Text, and_, bindparam, cast, delete, func, insert, select, update

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


@cache
def everything(table: Table) -> Statement:
    """All columns but the world, in their order, by key. Parameter: `world`."""
    columns = [column for column in table.c if column.name != "world"]
    key = [column for column in table.primary_key.columns if column.name != "world"]
    return Statement(select(*columns).where(table.c.world == bindparam("world")).order_by(*key))


@cache
def rewording(table: Table, column: str) -> Statement:
    """Replaces a text wherever it stands in a column of texts or bytes. Parameters: `key_world`, `old`, `new`."""
    place, old = table.c[column], bindparam("old", type_=Text)
    text = func.replace(cast(place, Text), old, bindparam("new", type_=Text))
    value = cast(text, LargeBinary) if isinstance(place.type, LargeBinary) else text
    where = and_(table.c.world == bindparam("key_world"), func.instr(cast(place, Text), old) > 0)
    return Statement(update(table).where(where).values({column: value}))


@cache
def known(table: Table) -> Statement:
    """A row if a world has one of that key, its own or its origin's. Parameters: those of `key`."""
    own = table.c.world == bindparam(f"scope_{table.name}")
    return Statement(select(table.c.world).where(own, *(table.c[name] == bindparam(name) for name in key(table))))


@cache
def key(table: Table) -> tuple[str, ...]:
    """The columns of the key, without the world."""
    return tuple(column.name for column in table.primary_key.columns if column.name != "world")


def wordy(table: Table) -> list[str]:
    """The columns that hold texts or bytes, and are no part of the key."""
    return [each.name for each in table.c if isinstance(each.type, String | LargeBinary) and not each.primary_key]
