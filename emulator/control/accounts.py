"""Connected accounts over HTTP: what their owners and the platforms do with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from emulator.control.control import Control, Problem, changing, visiting
from emulator.vendors.insightiq import accounts, connecting, connections
from emulator.world.casts import present_cast_of
from emulator.world.world import World


def list_accounts(control: Control, world: str, handle: str | None, status: str | None, limit: int) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {"data": accounts.listed(visited, handle, status, limit)}


def connect_account(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    with visiting(control, world) as visited:  # not in the transaction that writes, as it may take a while
        cast = present_cast_of(visited)
    if cast is None:
        raise Problem(409, f"The world '{world}' is from another version of the emulator; make it anew.")
    chosen = (body["work_platform"], body.get("handle"), body.get("user_id"), body.get("products"))
    with _changed(control, world) as changed:
        return connecting.connect(changed, cast, *chosen)


def disconnect_account(control: Control, world: str, id: str) -> dict[str, Any]:
    with _changed(control, world) as changed:
        account = _account(changed, id, "CONNECTED", "SESSION_EXPIRED")
        connections.disconnect(changed, account, "INTERNAL_API")
    return account


def expire_account(control: Control, world: str, id: str, body: dict[str, Any]) -> dict[str, Any]:
    with _changed(control, world) as changed:
        account = _account(changed, id, "CONNECTED")
        end = connections.expire if body["now"] else connections.lose
        end(changed, account)
    return account


def reconnect_account(control: Control, world: str, id: str) -> dict[str, Any]:
    with _changed(control, world) as changed:
        account = _account(changed, id, "NOT_CONNECTED", "SESSION_EXPIRED")
        connections.renew(changed, account)
    return account


@contextmanager
def _changed(control: Control, name: str) -> Iterator[World]:
    """The world, to be changed; then what falls due by that is done, webhooks included."""
    try:
        with changing(control, name) as world:
            yield world
    except connecting.CannotConnect as error:
        raise Problem(error.status, str(error)) from None
    control.timeline.settle(name, errands=True)


def _account(world: World, id: str, *statuses: str) -> dict[str, Any]:
    account = accounts.find(world, id)
    if account is None:
        raise Problem(404, f"There is no account '{id[:100]}' in the world {world.name}.")
    if account["status"] not in statuses:
        raise Problem(409, f"The account is {account['status']}; this needs one that is {' or '.join(statuses)}.")
    return account
