"""Secrets, taken out of whatever is kept or logged."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

REDACTED: Final = "[redacted]"

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"})
_NAMES = "token|api_key|apikey|access_token|secret|password|client_secret|sdk_token"
_QUERY = re.compile(rf"(?i)(^|&)({_NAMES})=[^&]*")
_TELLTALES = ("token", "secret", "password", "api_key", "apikey")  # one of them is in each name
_JSON = re.compile(rf'(?i)"({_NAMES})"(\s*:\s*)"(?:[^"\\]|\\.)*("|$)')


def headers(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: REDACTED if name in _HEADERS else ", ".join(values) for name, values in given.items()}


def query(text: str) -> str:
    return _QUERY.sub(rf"\1\2={REDACTED}", text)


def body(text: str) -> str:
    """JSON, possibly cut off in the middle of a string. Most bodies hold no secret, which is cheap to see."""
    lowered = text.lower()
    if not any(telltale in lowered for telltale in _TELLTALES):
        return text
    return _JSON.sub(rf'"\1"\2"{REDACTED}"', text)
