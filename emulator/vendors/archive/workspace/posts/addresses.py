"""Addresses of posts on the platforms (facts/archive-v2.md, section 7.3)."""

import re
from ipaddress import IPv6Address, ip_address
from typing import Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

_MALFORMED: Final = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*")  # a last label of this form makes an address of all of them

# Last labels that lead nowhere on the public web: of networks of one's own, and those that RFCs keep (2606, 6761).
_NETWORKS: Final = {"corp", "home", "internal", "intranet", "lan", "private"}
_RESERVED: Final = {"arpa", "example", "invalid", "local", "localhost", "onion", "test"} | _NETWORKS

_CODE: Final = r"(?P<id>[\w-]+)"
_POSTS: Final = (
    ("INSTAGRAM", {"instagram.com"}, re.compile(rf"/(?:p|reels?)/{_CODE}/?", re.ASCII)),
    ("TIKTOK", {"tiktok.com"}, re.compile(r"/@[^/]+/(?:video|photo)/(?P<id>[0-9]+)/?")),
    ("YOUTUBE", {"youtube.com"}, re.compile(rf"/shorts/{_CODE}/?", re.ASCII)),
    ("YOUTUBE", {"youtu.be"}, re.compile(rf"/{_CODE}/?", re.ASCII)),
)


class Place(NamedTuple):
    """A post: its platform, and its id there."""

    provider: str
    external_id: str


class Unusable(Exception):
    """No address that could be looked for: malformed, not HTTP, or of a private or reserved host."""


def place(url: str) -> Place | None:
    """None for an address of anything else than a post; a short link is one. Raises Unusable."""
    parts = _split(url)
    host = _host(parts).removeprefix("www.").removeprefix("m.")
    for provider, hosts, path in _POSTS:
        if host in hosts and (found := path.fullmatch(parts.path)):
            return Place(provider, found["id"])
    if host == "youtube.com" and parts.path.rstrip("/") == "/watch":
        watched = parse_qs(parts.query).get("v", [""])[0]
        return Place("YOUTUBE", watched) if re.fullmatch(_CODE, watched, re.ASCII) else None
    return None


def _split(url: str) -> SplitResult:
    if _MALFORMED.search(url):
        raise Unusable
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is no port
    except ValueError:
        raise Unusable from None
    if parts.scheme not in ("http", "https"):
        raise Unusable
    return parts


def _host(parts: SplitResult) -> str:
    """In lower case. Raises Unusable for one that nobody else can reach."""
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        if not _is_public(host):
            raise Unusable
        return host
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise Unusable
    if labels[-1] in _RESERVED:
        raise Unusable
    return host


def _is_public(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_global
