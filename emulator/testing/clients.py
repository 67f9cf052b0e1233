"""What clients of a world's vendors are made with."""

from collections.abc import Mapping
from typing import Any, Literal

from emulator.calling import reaching
from emulator.inprocess import InProcess

VendorName = Literal["insightiq", "archive", "storyclash"]


def arguments(
    vendor: VendorName, url: str, credentials: Mapping[str, Any], transport: InProcess | None
) -> dict[str, Any]:
    """For httpx.Client and httpx.AsyncClient; those of Archive name the first shop and workspace."""
    base = {"base_url": url, "transport": transport, "timeout": 30.0, **reaching(url)}
    match vendor:
        case "insightiq":
            return {**base, "auth": (credentials["username"], credentials["password"])}
        case "archive":
            places = {"SHOP-ID": credentials["shop_ids"], "WORKSPACE-ID": credentials["workspace_ids"]}
            first = [(name, str(each)) for name, known in places.items() for each in known[:1]]
            return {**base, "headers": [("Authorization", f"Bearer {credentials['token']}"), *first]}
        case "storyclash":
            return {**base, "params": {"token": credentials["token"]}}
