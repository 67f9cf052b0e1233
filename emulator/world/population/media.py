"""What a post shows: its format, and its pictures and films."""

from collections.abc import Mapping
from random import Random
from typing import Literal

from emulator.world.population.cast import Media
from emulator.world.population.platforms import Kind, PlatformName

Format = Literal["Photo", "Video", "Status"]

PER_POST = 10  # ids of media are those of their post times this, plus a position

_FORMATS: Mapping[tuple[PlatformName, Kind], Mapping[Format, float]] = {
    ("Instagram", "Post"): {"Photo": 1},
    ("Instagram", "Story"): {"Photo": 45, "Video": 55},
    ("Facebook", "Post"): {"Photo": 70, "Status": 30},
    ("Twitter", "Post"): {"Photo": 40, "Status": 50, "Video": 10},
    ("LinkedIn", "Post"): {"Photo": 55, "Status": 45},
    ("Pinterest", "Post"): {"Photo": 1},
}
_FILM: Mapping[Format, float] = {"Video": 1}

# Shortest and longest film, in seconds; the Kind Video means something else on each platform.
_DURATIONS: Mapping[tuple[PlatformName, Kind], tuple[int, int]] = {
    ("Instagram", "Story"): (4, 15),
    ("Instagram", "Reel"): (7, 88),
    ("TikTok", "Video"): (8, 120),
    ("YouTube", "Shorts"): (10, 59),
    ("YouTube", "Video"): (180, 1_500),
    ("Twitch", "Video"): (2_400, 14_400),
    ("Snapchat", "Spotlight"): (5, 60),
}
_WIDE: tuple[PlatformName, ...] = ("YouTube", "Twitch", "Facebook")


def formats(platform: PlatformName, kind: Kind) -> Mapping[Format, float]:
    return _FORMATS.get((platform, kind), _FILM)


def media(source: Random, post_id: int, platform: PlatformName, kind: Kind, format: Format) -> tuple[Media, ...]:
    """Posts of pictures on Instagram may be albums of up to six."""
    match format:
        case "Status":
            return ()
        case "Video":
            return (_film(source, post_id, platform, kind),)
    album = platform == "Instagram" and kind == "Post" and source.random() < 0.35
    width, height = (1080, 1920) if kind == "Story" else source.choice(((1080, 1350), (1080, 1080), (1440, 1080)))
    return tuple(_picture(post_id, place, width, height) for place in range(source.randint(2, 6) if album else 1))


def _picture(post_id: int, place: int, width: int, height: int) -> Media:
    address = f"https://media.example.com/{post_id}/{place}.jpg"
    return Media(post_id * PER_POST + place, "IMAGE", width, height, address, address)


def _film(source: Random, post_id: int, platform: PlatformName, kind: Kind) -> Media:
    wide = platform in _WIDE and kind == "Video"
    width, height = (1920, 1080) if wide else (1080, 1920)
    address = f"https://media.example.com/{post_id}/0"
    duration = source.randint(*_DURATIONS.get((platform, kind), (15, 180)))
    return Media(post_id * PER_POST, "VIDEO", width, height, f"{address}.mp4", f"{address}.jpg", duration)
