"""A world's addresses and credentials, as environment variables for clients."""

from collections.abc import Mapping
from typing import Any

from emulator.client import Client


def variables(url: str, world: str, control_token: str | None = None) -> dict[str, str]:
    """Asks the control API of a running emulator. Raises Refused."""
    client = Client(url.rstrip("/"), control_token)
    with client.understood():
        return named(client.url, client.get("worlds", world)["credentials"])


def named(url: str, shown: Mapping[str, Any]) -> dict[str, str]:
    """`shown` are credentials as the control API shows them."""
    return {
        "INSIGHTIQ_URL": url,
        "INSIGHTIQ_USERNAME": shown["insightiq"]["username"],
        "INSIGHTIQ_PASSWORD": shown["insightiq"]["password"],
        "ARCHIVE_URL": url,
        "ARCHIVE_TOKEN": shown["archive"]["token"],
        "ARCHIVE_SHOP_ID": str(next(iter(shown["archive"]["shop_ids"]), "")),
        "ARCHIVE_WORKSPACE_ID": next(iter(shown["archive"]["workspace_ids"]), ""),
        "STORYCLASH_URL": url,
        "STORYCLASH_TOKEN": shown["storyclash"]["token"],
        "EMULATOR_URL": url,
    }
