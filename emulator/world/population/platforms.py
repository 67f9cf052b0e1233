"""What tells the platforms apart: how many are there, what is posted, and how it is received."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PlatformName = Literal[
    "Instagram", "TikTok", "YouTube", "Facebook", "Twitter", "Twitch", "LinkedIn", "Snapchat", "Pinterest", "Spotify",
    "Substack", "Discord", "Beehiiv",
]  # fmt: skip
Kind = Literal["Post", "Story", "Reel", "Video", "Shorts", "Spotlight"]


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform's habits.

    `url` is the form of a profile's address. `prevalence` is the share of creators who are there besides their main
    platform, and `audience` their followers there relative to the main platform. `kinds` are the weights of what is
    posted; without any, the platform carries profiles only. `rate` is (likes + comments) / followers of an account
    with 10,000 followers, `views` the views of a video per like, `pace` the hours after which two thirds of the
    engagement has come in. `separator` replaces dots and underscores in handles where the platform refuses them.
    """

    url: str
    since: int
    prevalence: float
    audience: float
    kinds: Mapping[Kind, float] = field(default_factory=dict)
    rate: float = 0.0
    views: float = 0.0
    pace: float = 24.0
    separator: str | None = None


PLATFORMS: Mapping[PlatformName, Platform] = {
    "Instagram": Platform(
        "https://www.instagram.com/{handle}/", 2012, prevalence=0.85, audience=0.8,
        kinds={"Post": 36, "Reel": 33, "Story": 31}, rate=0.032, views=11, pace=14,
    ),
    "TikTok": Platform(
        "https://www.tiktok.com/@{handle}", 2018, prevalence=0.7, audience=0.7,
        kinds={"Video": 100}, rate=0.06, views=13, pace=30,
    ),
    "YouTube": Platform(
        "https://www.youtube.com/@{handle}", 2010, prevalence=0.4, audience=0.35,
        kinds={"Video": 55, "Shorts": 45}, rate=0.03, views=24, pace=80,
    ),
    "Facebook": Platform(
        "https://www.facebook.com/{handle}", 2010, prevalence=0.22, audience=0.3,
        kinds={"Post": 70, "Video": 30}, rate=0.012, views=20, pace=18, separator=".",
    ),
    "Twitter": Platform(
        "https://x.com/{handle}", 2011, prevalence=0.2, audience=0.15,
        kinds={"Post": 100}, rate=0.012, views=30, pace=7, separator="_",
    ),
    "Twitch": Platform(
        "https://www.twitch.tv/{handle}", 2014, prevalence=0.08, audience=0.2,
        kinds={"Video": 100}, rate=0.02, views=15, pace=40, separator="_",
    ),
    "LinkedIn": Platform(
        "https://www.linkedin.com/in/{handle}/", 2012, prevalence=0.08, audience=0.08,
        kinds={"Post": 100}, rate=0.02, views=25, pace=30, separator="-",
    ),
    "Snapchat": Platform(
        "https://www.snapchat.com/add/{handle}", 2015, prevalence=0.08, audience=0.2,
        kinds={"Spotlight": 100}, rate=0.02, views=9, separator="",
    ),
    "Pinterest": Platform(
        "https://www.pinterest.com/{handle}/", 2013, prevalence=0.08, audience=0.1,
        kinds={"Post": 100}, rate=0.01, views=30, pace=300, separator="",
    ),
    "Spotify": Platform("https://open.spotify.com/user/{id}", 2014, prevalence=0.05, audience=0.03),
    "Substack": Platform("https://{handle}.substack.com", 2019, prevalence=0.06, audience=0.04, separator=""),
    "Discord": Platform("https://discord.com/users/{id}", 2017, prevalence=0.05, audience=0.03),
    "Beehiiv": Platform("https://{handle}.beehiiv.com", 2022, prevalence=0.04, audience=0.03, separator=""),
}  # fmt: skip

COMMENTS = 0.035  # the part of all likes and comments that are comments

MAIN: tuple[PlatformName, ...] = ("Instagram", "TikTok", "YouTube")  # every creator is on one of these
