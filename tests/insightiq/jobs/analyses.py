"""What the tests of analyses share: whom to analyse, and how."""

from typing import Any, Final

from hypothesis import strategies as st

from tests.insightiq.discovery.support import INSTAGRAM, LIVE, NAMES, TIKTOK, YOUTUBE, search
from tests.insightiq.jobs.support import create
from tests.insightiq.public_content.public import X
from tests.support import TestWorld

JOBS: Final = "/v1/social/creators/async/profiles/analytics"
DIRECT: Final = "/v1/social/creators/profiles/analytics"
WITH_CONTENTS: Final = (INSTAGRAM, TIKTOK, YOUTUBE, X)
PLATFORMS: Final = (*NAMES, X)

PROFILE: Final = [
    "platform_username", "url", "image_url", "follower_count", "subscriber_count", "is_verified", "full_name",
    "introduction", "platform_account_type", "gender", "age_group", "language", "average_likes", "average_comments",
    "average_views", "average_reels_views", "engagement_rate", "content_count", "sponsored_posts_performance",
    "reputation_history", "location", "top_hashtags", "top_mentions", "top_interests", "brand_affinity",
    "top_contents", "recent_contents", "posts_hidden_likes_percentage_value", "sponsored_contents", "lookalikes",
    "audience", "engagement_rate_histogram", "audience_likes", "audience_likers", "contact_details",
    "livestream_metrics",
]  # fmt: skip
DIRECT_ONLY: Final = {"posts_hidden_likes_percentage_value", "audience_likes", "livestream_metrics"}

anybody = st.tuples(st.sampled_from(PLATFORMS), st.integers(0, 10_000))


def asked(platform: str, identifier: str) -> dict[str, str]:
    return {"identifier": identifier, "work_platform_id": platform}


def found(world: TestWorld, anyone: tuple[str, int]) -> tuple[str, dict[str, Any]]:
    """A platform and one of its profiles as searches show it."""
    platform, number = anyone
    everybody = search(world, platform)
    return platform, everybody[number % len(everybody)]


def direct(world: TestWorld, platform: str, identifier: str) -> dict[str, Any]:
    answer = create(world, DIRECT, asked(platform, identifier))
    assert answer.status_code == 200, answer.text
    analytics: dict[str, Any] = answer.json()
    return analytics


def live(world: TestWorld, platform: str, handle: str) -> dict[str, Any]:
    profile: dict[str, Any] = world.insightiq("GET", LIVE, params=asked(platform, handle)).json()
    return profile
