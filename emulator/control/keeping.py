"""Worlds at rest, and worlds that begin with what another one was."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from emulator.control.control import Control, Problem, named
from emulator.webhooks import inbox
from emulator.words import sentence
from emulator.world import exports, snapshots
from emulator.world.exports import CannotImport
from emulator.world.population import RecipeError
from emulator.world.record import Record
from emulator.world.snapshots import Kept, UnknownSnapshot, Unsettled
from emulator.world.store import Transaction
from emulator.world.tasks import existing

Result = TypeVar("Result")

_TRIES: Final = 20


def fork(control: Control, source: Mapping[str, Any], name: str) -> Record:
    """A world that begins as another one is, or was at a snapshot. Raises WorldExists, Problem."""

    def go_on(transaction: Transaction, record: Record, now: int) -> Record:
        if "snapshot" in source:
            kept = found(transaction, record.name, source["snapshot"])
        else:
            kept = snapshots.current(transaction, record, now)
        forked = control.worlds.adopt(name, kept, transaction)
        snapshots.readdress(transaction, kept, name, inbox_of(control, record.name), inbox_of(control, name))
        return forked

    return settled(control, source["world"], go_on)


def imported(control: Control, content: Mapping[str, Any], name: str | None) -> Record:
    """A world that begins as an export tells, under its own name if none is given. Raises WorldExists, Problem."""
    try:
        recipe, name = exports.checked(content), name or str(content["name"])
    except CannotImport as error:
        raise Problem(400, f"body from.export: {error}.") from None
    try:
        origin = control.worlds.origin_of(recipe, content["world"]["seed"], content["world"]["epoch"])
    except RecipeError as error:
        raise Problem(400, sentence(f"body from.export.{error}")) from None
    state = exports.state_of(content, origin)
    with control.worlds.transaction(write=True) as transaction:
        made = control.worlds.adopt(name, Kept("", state), transaction)
        exports.insert(transaction, content, name)
        snapshots.readdress(transaction, Kept("", state), name, content["inbox"], inbox_of(control, name))
    return made


def settled(control: Control, world: str, act: Callable[[Transaction, Record, int], Result]) -> Result:
    """What `act` makes of a world in which nothing is under way; raises Problem if it does not come to rest."""
    for _ in range(_TRIES):
        with named(control, world):
            control.timeline.settle(world, errands=True)
            control.journal.flush()
            try:
                with control.worlds.transaction(write=True) as transaction:
                    record = existing(transaction, world)
                    return act(transaction, record, control.worlds.now(record))
            except Unsettled:
                continue
    raise Problem(409, f"A webhook of the world '{world}' is being delivered; ask again when it has arrived.")


def found(transaction: Transaction, world: str, name: str) -> Kept:
    try:
        return snapshots.found(transaction, world, name)
    except UnknownSnapshot:
        names = ", ".join(name for name, _ in snapshots.listed(transaction, world)) or "none"
        raise Problem(404, f"The world '{world}' has no snapshot '{name[:100]}'. There are: {names}.") from None


def inbox_of(control: Control, world: str) -> str:
    return inbox.url(control.settings.url, world, "")
