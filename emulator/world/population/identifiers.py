"""Identifiers and addresses in each platform's own form. Many platforms hide the time in the ids of posts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from emulator.world.population.platforms import Kind, PlatformName

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE36 = "abcdefghijklmnopqrstuvwxyz0123456789"

_INSTAGRAM_START = datetime.fromtimestamp(1_314_220_021.721, UTC)  # these two count milliseconds from here
_TWITTER_START = datetime.fromtimestamp(1_288_834_974.657, UTC)
_UNIX_START = datetime.fromtimestamp(0, UTC)

# From the profile's number, which is unique in the world: so are the ids, even where they are short.
_PROFILE_IDS: Mapping[PlatformName, Callable[[Random, int], str]] = {
    "Instagram": lambda source, number: f"{source.randint(10, 699)}{_scrambled(number)}",
    "TikTok": lambda source, _: str(source.randrange(1_480_000_000, 1_700_000_000) << 32 | source.getrandbits(32)),
    "YouTube": lambda source, _: "UC" + _text(source, _BASE64, 21) + source.choice("AQgw"),
    "Facebook": lambda source, number: f"1000{source.randint(100, 999)}{_scrambled(number)}",
    "Twitter": lambda source, _: str(source.randrange(2**59, 2**60) << 1),
    "Twitch": lambda source, number: f"{source.randint(1, 9)}{_scrambled(number)}",
    "LinkedIn": lambda source, _: "ACoAA" + _text(source, _BASE64, 34),
    "Snapchat": lambda source, _: _uuid(source),
    "Pinterest": lambda source, _: str(source.randrange(3 * 10**17, 9 * 10**17)),
    "Spotify": lambda source, _: _text(source, _BASE36, 25),
    "Substack": lambda source, number: f"{source.randint(1, 29)}{_scrambled(number)}",
    "Discord": lambda source, _: str(source.randrange(2**58, 2**60)),
    "Beehiiv": lambda source, _: f"pub_{_uuid(source)}",
}

_POST_IDS: Mapping[PlatformName, Callable[[Random, datetime], str]] = {
    "Instagram": lambda source, at: _shortcode(_snowflake(source, at, _INSTAGRAM_START, 23)),
    "TikTok": lambda source, at: str(int(at.timestamp()) << 32 | source.getrandbits(32)),
    "YouTube": lambda source, _: _text(source, _BASE64, 10) + source.choice("AEIMQUYcgkosw048"),
    "Facebook": lambda source, _: str(source.randrange(10**14, 10**15)),
    "Twitter": lambda source, at: str(_snowflake(source, at, _TWITTER_START, 22)),
    "Twitch": lambda source, _: str(source.randrange(2 * 10**9, 3 * 10**9)),
    "LinkedIn": lambda source, at: str(_snowflake(source, at, _UNIX_START, 22)),
    "Snapchat": lambda source, _: "W7_EDlXWTBiXAEEniNoMPwAAY" + _text(source, _BASE64, 22),
    "Pinterest": lambda source, _: str(source.randrange(10**17, 10**18)),
}

# A story has no page of its own.
_POST_URLS: Mapping[tuple[PlatformName, Kind], str] = {
    ("Instagram", "Post"): "https://www.instagram.com/p/{id}/",
    ("Instagram", "Reel"): "https://www.instagram.com/reel/{id}/",
    ("TikTok", "Video"): "https://www.tiktok.com/@{handle}/video/{id}",
    ("YouTube", "Video"): "https://www.youtube.com/watch?v={id}",
    ("YouTube", "Shorts"): "https://www.youtube.com/shorts/{id}",
    ("Facebook", "Post"): "https://www.facebook.com/{handle}/posts/{id}",
    ("Facebook", "Video"): "https://www.facebook.com/{handle}/videos/{id}",
    ("Twitter", "Post"): "https://x.com/{handle}/status/{id}",
    ("Twitch", "Video"): "https://www.twitch.tv/videos/{id}",
    ("LinkedIn", "Post"): "https://www.linkedin.com/feed/update/urn:li:activity:{id}/",
    ("Snapchat", "Spotlight"): "https://www.snapchat.com/spotlight/{id}",
    ("Pinterest", "Post"): "https://www.pinterest.com/pin/{id}/",
}


def profile_id(platform: PlatformName, source: Random, number: int) -> str:
    return _PROFILE_IDS[platform](source, number)


def post_id(platform: PlatformName, source: Random, published: datetime) -> str:
    return _POST_IDS[platform](source, published)


def post_url(platform: PlatformName, kind: Kind, handle: str, external_id: str) -> str:
    return _POST_URLS.get((platform, kind), "").format(handle=handle, id=external_id)


def _scrambled(number: int) -> str:
    """Eight digits, different for different numbers below 10^8, because the factor has no divisor in common with it."""
    return f"{number * 61_803_399 % 10**8:08}"


def _snowflake(source: Random, at: datetime, start: datetime, bits: int) -> int:
    """Milliseconds since the platform's start, above random bits."""
    return int((at - start).total_seconds() * 1000) << bits | source.getrandbits(bits)


def _shortcode(number: int) -> str:
    """Base 64 without padding, as Instagram writes the numbers of its posts: 11 characters."""
    text = ""
    while number > 0:
        number, digit = divmod(number, 64)
        text = _BASE64[digit] + text
    return text


def _text(source: Random, alphabet: str, length: int) -> str:
    return "".join(source.choices(alphabet, k=length))


def _uuid(source: Random) -> str:
    return str(UUID(int=source.getrandbits(128), version=4))
