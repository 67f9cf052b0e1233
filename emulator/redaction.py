"""Secrets, taken out of whatever is kept or logged.

What stands under a telling name goes, whosever it is; the secrets of the world that a request selected go wherever a
client may have put them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

REDACTED: Final = "[redacted]"
LONGEST: Final = 256  # no secret is longer, so a text has to be looked at this far beyond where it is cut

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"})
_NAMES = "token|api_key|apikey|access_token|secret|password|client_secret|sdk_token"
_QUERY = re.compile(rf"(?i)(^|[&;])({_NAMES})=[^&;]*")
_USERINFO = re.compile(r"^([^:/]+://[^:/@]*):[^/@]*@")
_TELLTALES = ("token", "secret", "password", "api_key", "apikey")  # one of them is in each name
_JSON = re.compile(rf'(?i)"({_NAMES})"(\s*:\s*)"(?:[^"\\]|\\.)*("|$)')


def headers(given: Mapping[str, Sequence[str]], secrets: Iterable[str]) -> dict[str, str]:
    secrets = tuple(secrets)
    return {name: REDACTED if name in _HEADERS else query(", ".join(values), secrets) for name, values in given.items()}


def query(text: str, secrets: Iterable[str]) -> str:
    """A query string, or any other text with less structure."""
    return _QUERY.sub(rf"\1\2={REDACTED}", without(text, secrets))


def url(text: str, secrets: Iterable[str]) -> str:
    """An address: what stands under telling names in its query, and a password."""
    place, mark, asked = text.partition("?")
    return query(_USERINFO.sub(rf"\1:{REDACTED}@", place), secrets) + mark + query(asked, secrets)


def body(text: str, secrets: Iterable[str]) -> str:
    """JSON, possibly cut off in the middle of a string. Most bodies hold no secret, which is cheap to see."""
    text = without(text, secrets)
    lowered = text.lower()
    if not any(telltale in lowered for telltale in _TELLTALES):
        return text
    return _JSON.sub(rf'"\1"\2"{REDACTED}"', text)


def without(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return text
