"""Snapshots and exports over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from emulator.control.control import Control, named
from emulator.control.keeping import found, inbox_of, settled
from emulator.world import exports, instant, snapshots
from emulator.world.record import Record
from emulator.world.store import Transaction
from emulator.world.tasks import existing


def list_snapshots(control: Control, world: str) -> dict[str, Any]:
    with _reading(control, world) as transaction:
        return {"data": [_shown(name, at) for name, at in snapshots.listed(transaction, world)]}


def take_snapshot(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    def take(transaction: Transaction, record: Record, now: int) -> dict[str, Any]:
        snapshots.take(transaction, record, body["name"], now)
        return _shown(body["name"], now)

    return settled(control, world, take)


def restore_snapshot(control: Control, world: str, snapshot: str) -> None:
    control.journal.flush()
    with named(control, world), control.worlds.transaction(write=True) as transaction:
        existing(transaction, world)
        control.worlds.restore(world, found(transaction, world, snapshot), transaction)


def delete_snapshot(control: Control, world: str, snapshot: str) -> None:
    with named(control, world), control.worlds.transaction(write=True) as transaction:
        existing(transaction, world)
        found(transaction, world, snapshot)
        snapshots.drop(transaction, world, snapshot)


def export_world(control: Control, world: str) -> dict[str, Any]:
    def export(transaction: Transaction, record: Record, now: int) -> dict[str, Any]:
        kept = snapshots.current(transaction, record, now)
        return exports.exported(transaction, kept, world, inbox_of(control, world))

    return settled(control, world, export)


@contextmanager
def _reading(control: Control, world: str) -> Iterator[Transaction]:
    with named(control, world), control.worlds.transaction(write=False) as transaction:
        existing(transaction, world)
        yield transaction


def _shown(name: str, at: int) -> dict[str, Any]:
    return {"name": name, "at": instant.rfc3339(at)}
