"""Addresses of profiles and posts as people copy them: what is named by each, whatever form it is given in.

Scheme, `www.`, a country's subdomain, trailing slashes, queries and fragments do not matter, nor does the case of hosts
and handles; the ids of posts are told apart by case.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class _Site:
    """`contents` and `profiles` match whole paths without slashes at their ends, in this order."""

    hosts: Sequence[str]
    contents: Sequence[re.Pattern[str]]
    profiles: Sequence[re.Pattern[str]]


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_SUBDOMAIN: Final = re.compile(r"^(www|m|mobile|[a-z]{2})\.")  # two letters are a country's, such as LinkedIn has
_ID: Final = r"(?P<id>[\w-]+)"
_HANDLE: Final = r"(?P<handle>[\w.-]+)"
_COMPANY: Final = re.compile(rf"company/{_HANDLE}(/(posts|about))?")  # a page of LinkedIn's

# By the names of the vendor's work platforms.
_SITES: Final[Mapping[str, _Site]] = {
    "Instagram": _Site(
        ("instagram.com", "instagr.am"),
        _patterns(rf"([\w.]+/)?(p|reel|reels|tv)/{_ID}"),
        _patterns(rf"@?{_HANDLE}(/(reels|tagged|channel))?"),
    ),
    "TikTok": _Site(
        ("tiktok.com",),
        _patterns(rf"@[\w.]+/(video|photo)/{_ID}"),
        _patterns(rf"@{_HANDLE}"),
    ),
    "YouTube": _Site(
        ("youtube.com", "youtu.be"),
        _patterns(rf"(shorts|embed|live|v)/{_ID}", rf"watch/{_ID}"),
        _patterns(r"channel/(?P<id>UC[\w-]+)(/\w+)?", rf"((c|user)/|@)?{_HANDLE}(/\w+)?"),
    ),
    "X": _Site(
        ("x.com", "twitter.com"),
        _patterns(rf"(\w+|i/web)/status/{_ID}(/(photo|video)/\d)?"),
        _patterns(rf"@?{_HANDLE}(/(with_replies|media|likes))?"),
    ),
    "Facebook": _Site(
        ("facebook.com", "fb.com"),
        _patterns(rf"[\w.-]+/(posts|videos)/{_ID}", rf"(watch|reel)/{_ID}"),
        _patterns(rf"{_HANDLE}(/(posts|videos|about))?"),
    ),
    "Snapchat": _Site(
        ("snapchat.com",),
        _patterns(rf"(@[\w.-]+/)?spotlight/{_ID}"),
        _patterns(rf"(add/|@){_HANDLE}"),
    ),
    "LinkedIn": _Site(
        ("linkedin.com",),
        _patterns(
            rf"feed/update/urn:li:(activity|share|ugcPost):{_ID}",
            r"posts/[^/]+-(activity|share|ugcPost)-(?P<id>\d+)(-[\w-]+)?",
        ),
        _patterns(rf"in/{_HANDLE}(/[a-z]{{2}})?"),
    ),
}


@dataclass(frozen=True, slots=True)
class ProfileName:
    """A profile's handle in lower case, or its id on the platform."""

    handle: str | None = None
    external_id: str | None = None


def content_id(platform: str, url: str) -> str | None:
    """The id of the post that the address names on that platform, or None."""
    site, path = _SITES[platform], _path(platform, url)
    found = _first(site.contents, path)
    return found["id"] if found else None


def profile_name(platform: str, url: str) -> ProfileName | None:
    """What the address calls the profile on that platform, or None."""
    site, path = _SITES[platform], _path(platform, url)
    found = _first(site.profiles, path)
    if found is None:
        return None
    names = found.groupdict()
    return ProfileName(external_id=names["id"]) if names.get("id") else ProfileName(handle=names["handle"].lower())


def company_name(url: str) -> str | None:
    """The name of a company's page on LinkedIn, in lower case, or None."""
    found = _first([_COMPANY], _path("LinkedIn", url))
    return found["handle"].lower() if found else None


def lies_on(platform: str, url: str) -> bool:
    """Whether the address is one of the platform's site, whatever it names there."""
    return _path(platform, url) is not None


def known(platform: str) -> bool:
    return platform in _SITES


def _first(patterns: Sequence[re.Pattern[str]], path: str | None) -> re.Match[str] | None:
    if path is None:
        return None
    return next((match for pattern in patterns if (match := pattern.fullmatch(path))), None)


def _path(platform: str, url: str) -> str | None:
    """The path without slashes at its ends, decoded; None if the address is not on the platform's site.

    YouTube's `watch?v=x` and `youtu.be/x` become `watch/x`.
    """
    try:
        parts = urlsplit(url)
        host = _SUBDOMAIN.sub("", parts.hostname or "")
    except ValueError:  # such as brackets that do not close
        return None
    if parts.scheme not in ("http", "https") or host not in _SITES[platform].hosts:
        return None
    path = unquote(parts.path).strip("/")
    if host == "youtu.be":
        return f"watch/{path}"
    video = parse_qs(parts.query).get("v") if path == "watch" else None
    return f"watch/{video[0]}" if video else path
