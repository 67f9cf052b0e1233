"""The tables of every world, whatever its vendors.

Vendors' own tables are made by `vendor_table`; all keys begin with the world.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

NAME = String(63)
SCOPE = String(80)

metadata = MetaData()

worlds = Table(
    "worlds",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("origin", SCOPE, nullable=False, index=True),
    Column("recipe", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("limits", Text, nullable=False),  # JSON: vendor -> profile
    Column("choices", Text, nullable=False),  # JSON: vendor -> what else was chosen for the world
    Column("clock_mode", String(8), nullable=False),
    Column("clock_rate", Float, nullable=False),
    Column("clock_at", BigInteger, nullable=False),
    Column("clock_since", BigInteger, nullable=False),
    Column("clock_until", BigInteger, nullable=False),
    Column("next_due", BigInteger),
    Column("sequence", BigInteger, nullable=False),  # of ids and tasks: what is drawn next is a function of it
    Column("forks", Text, nullable=False),  # names of the tables that the world no longer shares with its origin
    Column("initial", Text, nullable=False),  # JSON: the columns as creation wrote them, for reset to write again
    Column("exchanges", BigInteger, nullable=False),  # how many the journal has numbered
    Column("incarnation", BigInteger, nullable=False),  # another number after every creation and reset
)

origins = Table(
    "origins",
    metadata,
    Column("scope", SCOPE, primary_key=True),  # under which its rows are found in the other tables
    Column("key", SCOPE, nullable=False, index=True),  # what it was made from: recipe, seed, epoch
    Column("recipe", LargeBinary, nullable=False),  # JSON: so that the population can be made again
    Column("complete", Integer, nullable=False),
    Column("used", BigInteger, nullable=False),  # real time; decides which unused origin is dropped first
    Column("tasks", Integer, nullable=False),
    Column("next_due", BigInteger),
)

credentials = Table(
    "credentials",
    metadata,
    Column("vendor", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("world", NAME, nullable=False, index=True),
)

tasks = Table(
    "tasks",
    metadata,
    Column("world", SCOPE, primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("due", BigInteger, nullable=False),
    Column("kind", String(80), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("tasks_due", "world", "due", "id"),
)

limit_hits = Table(
    "limit_hits",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),  # of as many as the limit allows in a period
    Column("at", BigInteger, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("vendor", String(20), nullable=False),
    Column("operation", String(80)),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # JSON: the exchange as the control API shows it
)

# The outbox: what is to be delivered to somebody's address, written in the transaction that caused it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("vendor", String(20), nullable=False),
    Column("endpoint", String(64), nullable=False),  # the vendor's id of what was subscribed
    Column("url", Text, nullable=False),
    Column("event", String(80), nullable=False),
    Column("event_id", String(64), nullable=False),
    Column("headers", Text, nullable=False),  # JSON
    Column("body", LargeBinary, nullable=False),
    Column("raised_at", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),  # that have begun
    Column("due", BigInteger, nullable=False),  # of the next attempt, or of the last one
    Column("lease", BigInteger, nullable=False),  # real time until which an attempt is taken to be under way
    Column("reason", Text),  # why it was given up
    Column("redelivery_of", BigInteger),
    Index("deliveries_state", "world", "state", "id"),
    Index("deliveries_endpoint", "world", "vendor", "endpoint", "state"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("delivery", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("microseconds", BigInteger, nullable=False),  # of real time
    Column("status", Integer),
    Column("error", Text),
    Column("headers", Text, nullable=False),  # JSON, of the response
    Column("body", LargeBinary, nullable=False),  # the response's beginning
)

# What a world's user has laid down: of kind "webhook" what becomes of deliveries, of kind "job" how jobs end.
rules = Table(
    "rules",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", LargeBinary, nullable=False),  # JSON
    Column("matched", Integer, nullable=False),
)

webhook_settings = Table(
    "webhook_settings",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("vendor", String(20), primary_key=True),
    Column("settings", LargeBinary, nullable=False),  # JSON
)

# What came to the addresses that the emulator itself has for webhooks, and how these answer.
inbox = Table(
    "inbox",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(63), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("event", String(80)),
    Column("event_id", String(64)),
    Column("verified", Integer),
    Column("status", Integer, nullable=False),  # that it was answered with
    Column("headers", Text, nullable=False),  # JSON
    Column("body", LargeBinary, nullable=False),  # its beginning
    Column("bytes", BigInteger, nullable=False),  # of the whole body
)

inbox_answers = Table(
    "inbox_answers",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("name", String(63), primary_key=True),
    Column("status", Integer, nullable=False),
    Column("times", BigInteger),  # how often this holds yet; always, if absent
    Column("delay", Float, nullable=False),  # seconds of real time
)

jobs = Table(
    "jobs",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("number", BigInteger, nullable=False),  # orders what is of one instant
    Column("vendor", String(20), nullable=False),
    Column("family", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("request", LargeBinary, nullable=False),  # JSON: what was asked for
    Column("request_id", String(64), nullable=False),  # of the HTTP request that asked
    Column("created_at", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("result", LargeBinary),  # JSON
    Column("error", LargeBinary),  # JSON
    Column("ruled", LargeBinary),  # JSON: what a rule makes of it
    Index("jobs_order", "world", "number"),
)

# What a world was at some moment: its own row as JSON; its other rows are under a scope of their own.
snapshots = Table(
    "snapshots",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("name", NAME, primary_key=True),
    Column("scope", SCOPE, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
)

# Members that joined the population while the world went on, in their order: what was asked for, and when.
additions = Table(
    "additions",
    metadata,
    Column("world", NAME, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("given", LargeBinary, nullable=False),  # JSON
)

PER_WORLD = (
    tasks,
    limit_hits,
    journal,
    deliveries,
    attempts,
    rules,
    webhook_settings,
    inbox,
    inbox_answers,
    jobs,
    additions,
)


def vendor_table(name: str, *columns: Column[Any] | Index) -> Table:
    """A table whose rows come from a population, and which a world shares with its origin until it first writes."""
    table = Table(name, metadata, Column("world", SCOPE, primary_key=True), *columns)
    POPULATED[name] = table
    return table


POPULATED: dict[str, Table] = {}
