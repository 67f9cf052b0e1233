"""Where webhooks may go: to this machine, unless the user allows more."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from ipaddress import ip_address
from urllib.parse import urlsplit


def refusal(url: str, allowed: Sequence[str]) -> str | None:
    """Why nothing is sent there, or None. `allowed` are patterns of host names, such as `*.example.com`."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return f"{url} is no address"
    if parts.scheme not in ("http", "https") or not host:
        return f"{url} is no address of a web server"
    if _loopback(host) or any(fnmatchcase(host, pattern.lower()) for pattern in allowed):
        return None
    return f"{host} is not this machine: allow it with --allow-webhooks-to {host}"


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
