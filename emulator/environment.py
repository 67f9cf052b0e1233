"""A world's addresses and credentials, as environment variables for clients."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen


class Unreachable(Exception):
    """The emulator did not tell; the message says why, and what to do."""


def variables(url: str, world: str, control_token: str | None = None) -> dict[str, str]:
    """Asks the control API of a running emulator. Raises Unreachable."""
    url = url.rstrip("/")
    return named(url, _world(f"{url}/_emulator/worlds/{quote(world, safe='')}", control_token)["credentials"])


def named(url: str, shown: Mapping[str, Any]) -> dict[str, str]:
    """`shown` are credentials as the control API shows them."""
    return {
        "INSIGHTIQ_URL": url,
        "INSIGHTIQ_USERNAME": shown["insightiq"]["username"],
        "INSIGHTIQ_PASSWORD": shown["insightiq"]["password"],
        "ARCHIVE_URL": url,
        "ARCHIVE_TOKEN": shown["archive"]["token"],
        "ARCHIVE_SHOP_ID": str(next(iter(shown["archive"]["shop_ids"]), "")),
        "STORYCLASH_URL": url,
        "STORYCLASH_TOKEN": shown["storyclash"]["token"],
        "EMULATOR_URL": url,
    }


def _world(address: str, control_token: str | None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {control_token}"} if control_token else {}
    try:
        with urlopen(Request(address, headers=headers), timeout=10) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
            return answer
    except HTTPError as error:
        raise Unreachable(f"{address}: {_detail(error)}") from None
    except (URLError, ValueError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"no emulator answers at {address}: {reason}; start one with: emulator serve") from None


def _detail(error: HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError):
        return f"HTTP {error.code}; this does not seem to be an emulator"
