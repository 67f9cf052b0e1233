"""The database: transactions, and statements that are compiled once and run on the bare driver.

SQLAlchemy Core writes the SQL, so that it stays portable. Executing a cached Core statement costs about 10 us more than
the driver does for the same SQL; the hot path therefore runs `Statement`s, whose SQL is compiled once per dialect.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ClauseElement

Row = tuple[Any, ...]
Parameters = Mapping[str, Any]
Arrange = Callable[[Parameters], Sequence[Any] | Parameters]  # named parameters in the form that the driver takes

SCHEMA_VERSION: Final = 4
BUSY_SECONDS: Final = 30


class StoreError(Exception):
    """The state cannot be used; the message says which state and why."""


class Statement:
    """A Core statement and, per dialect, its SQL with the order of its parameters.

    `columns` are those that an insert or update gets as parameters of the same names.
    """

    def __init__(self, core: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._core = core
        self._columns = columns
        self._compiled: dict[str, tuple[str, Arrange]] = {}

    def compiled(self, engine: Engine) -> tuple[str, Arrange]:
        found = self._compiled.get(engine.dialect.name)
        if found is None:
            found = self._compiled[engine.dialect.name] = self._compile(engine)
        return found

    def _compile(self, engine: Engine) -> tuple[str, Arrange]:
        compiled = self._core.compile(dialect=engine.dialect, column_keys=self._columns)
        names, constants = getattr(compiled, "positiontup", None), compiled.params
        fixed = {name: value for name, value in constants.items() if value is not None}
        if names is None:
            return str(compiled), lambda given: {**fixed, **given}
        if not fixed:
            return str(compiled), lambda given: [given[name] for name in names]
        return str(compiled), lambda given: [given[name] if name in given else fixed[name] for name in names]

    @cached_property
    def parameters(self) -> frozenset[str]:
        return frozenset(self._core.compile(column_keys=self._columns).params)


class Transaction:
    """One open transaction of one thread, which is `busy` from beginning to end."""

    def __init__(self, connection: Connection) -> None:
        self.busy = threading.Lock()
        self._connection = connection
        driver = connection.connection.dbapi_connection
        self._cursor: Any = driver.cursor() if driver else None

    def rows(self, statement: Statement, parameters: Parameters) -> list[Row]:
        sql, arrange = statement.compiled(self._connection.engine)
        self._cursor.execute(sql, arrange(parameters))
        rows: list[Row] = self._cursor.fetchall()
        return rows

    def row(self, statement: Statement, parameters: Parameters) -> Row | None:
        sql, arrange = statement.compiled(self._connection.engine)
        self._cursor.execute(sql, arrange(parameters))
        row: Row | None = self._cursor.fetchone()
        return row

    def change(self, statement: Statement, parameters: Parameters) -> int:
        """Rows changed."""
        sql, arrange = statement.compiled(self._connection.engine)
        self._cursor.execute(sql, arrange(parameters))
        count: int = self._cursor.rowcount
        return count

    def many(self, statement: Statement, parameters: Sequence[Parameters]) -> None:
        sql, arrange = statement.compiled(self._connection.engine)
        self._cursor.executemany(sql, [arrange(each) for each in parameters])

    def query(self, core: Executable, parameters: Parameters) -> Sequence[Row]:
        """For statements that are put together per request, such as filters."""
        return [tuple(row) for row in self._connection.execute(core, dict(parameters)).all()]

    def command(self, sql: str) -> None:
        self._cursor.execute(sql)

    def close(self) -> None:
        """When it has ended: the driver's memory is not to be taken away from a thread that works with it."""
        with self.busy:
            self._connection.close()


class Opened:
    """`with`: a transaction from its beginning to its end; a class, as a generator costs more than the statements."""

    __slots__ = ("_begin", "_end", "_transaction")

    def __init__(self, transaction: Transaction, begin: str, end: str) -> None:
        self._transaction = transaction
        self._begin = begin
        self._end = end

    def __enter__(self) -> Transaction:
        self._transaction.busy.acquire()
        try:
            self._transaction.command(self._begin)
        except BaseException:
            self._transaction.busy.release()
            raise
        return self._transaction

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        try:
            self._transaction.command(self._end if failure is None else "ROLLBACK")
        except Exception:  # such as a full disk; the connection has to be usable again
            if failure is None:
                self._transaction.command("ROLLBACK")
            raise
        finally:
            self._transaction.busy.release()


class Store:
    """State in memory (`None`) or in a file; safe for threads, and for several processes on one file."""

    def __init__(self, path: Path | None, metadata: MetaData) -> None:
        self.location = str(path) if path else "memory"
        self._engine = _engine(path)
        self._metadata = metadata
        self._threads = threading.local()
        self._open: list[Transaction] = []
        try:
            self._prepare()
        except DatabaseError as error:
            raise StoreError(f"the state {self.location} cannot be used: {error.orig}") from None

    def read(self) -> "Opened":
        """One consistent view."""
        return Opened(self._of_this_thread(), "BEGIN", "ROLLBACK")

    def write(self) -> "Opened":
        """Writers follow one another, over threads and processes; an exception undoes everything."""
        return Opened(self._of_this_thread(), "BEGIN IMMEDIATE", "COMMIT")

    def close(self) -> None:
        """When everything that is under way in other threads has ended."""
        while self._open:
            self._open.pop().close()
        self._engine.dispose()

    def _of_this_thread(self) -> Transaction:
        transaction: Transaction | None = getattr(self._threads, "transaction", None)
        if transaction is None:
            transaction = self._threads.transaction = Transaction(self._engine.connect())
            self._open.append(transaction)
        return transaction

    def _prepare(self) -> None:
        """Create the tables, or see that they are those of this version."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # nobody ever finds half of the tables
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            foreign = version == 0 and inspect(connection).get_table_names()
            if version not in (0, SCHEMA_VERSION) or foreign:
                raise StoreError(
                    f"the state {self.location} was not written by this version of the emulator; "
                    "name another file with --state, or delete it"
                )
            self._metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.exec_driver_sql("COMMIT")
            self._of_this_thread()  # keeps a database in memory alive


def _engine(path: Path | None) -> Engine:
    # memdb is one database in memory that all threads of the process share; its name keeps two stores apart
    database = f"/{uuid4().hex}" if path is None else quote(path.as_posix())
    query = {"uri": "true"} if path else {"uri": "true", "vfs": "memdb"}
    engine = create_engine(
        URL.create("sqlite", database=f"file:{database}", query=query),
        isolation_level="AUTOCOMMIT",  # BEGIN and COMMIT are written out here, as the driver would not begin reads
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": 256},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")  # with WAL: a killed process loses nothing that it committed
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA wal_autocheckpoint = 16000")  # pages; each waits for the disk, and a population is large
        cursor.close()

    return engine
