"""Archive's workspace API over HTTP: how it is in a world, and what its workspaces can spend."""

from typing import Any

from emulator.control.control import Control, Problem, changing, visiting
from emulator.vendors.archive.dialect import Shop, shops
from emulator.vendors.archive.workspace.context import VENDOR, settings_of
from emulator.vendors.archive.workspace.operations.wallet import buy, wallet
from emulator.world import choices, instant


def get_archive_settings(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return settings_of(visited)


def set_archive_settings(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    whole = {name: int(value) if isinstance(value, float) else value for name, value in body.items()}
    with changing(control, world) as changed:
        choices.choose(changed, VENDOR, whole)
    return get_archive_settings(control, world)


def list_archive_wallets(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {"data": [_shown(uuid, Shop(visited, number)) for uuid, number in shops(visited).items()]}


def buy_archive_credits(control: Control, world: str, workspace: str, body: dict[str, Any]) -> dict[str, Any]:
    with changing(control, world) as changed:
        known = shops(changed)
        if workspace not in known:
            there = ", ".join(known) or "none"
            raise Problem(404, f"There is no workspace '{workspace[:100]}' in the world '{world}'. There are: {there}.")
        shop = Shop(changed, known[workspace])
        buy(shop, int(body["credits"]))
        return _shown(workspace, shop)


def _shown(workspace_id: str, shop: Shop) -> dict[str, Any]:
    now = wallet(shop)
    return {
        "workspace_id": workspace_id,
        "month": instant.to_datetime(now.period).date().isoformat(),
        "monthly": now.monthly,
        "spent": now.spent,
        "rolled": now.rolled,
        "bought": now.bought,
        "left": now.left,
    }
