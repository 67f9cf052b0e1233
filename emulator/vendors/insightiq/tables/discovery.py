"""What Creator Discovery searches: one row per public profile, and one per thing that a profile has among many.

Shares and rates are in percent; `share` of a facet is in hundredths of a percent, or a count where a facet counts.
"""

from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, String, Text

from emulator.world.tables import vendor_table

AGES: Final = {"13-17": (13, 17), "18-24": (18, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54)} | {
    "55-64": (55, 64),
    "65+": (65, 100),
}
MONTHS: Final = range(1, 7)  # the documented interval of views_growth


def _column(name: str, kind: Any) -> Column[Any]:
    """A figure, null where a profile lacks it."""
    return Column(name, kind)


_COUNTS = (
    "follower_count", "subscriber_count", "average_likes", "average_comments", "average_views", "reel_views",
    "video_likes", "video_views", "shorts_likes", "shorts_views", "total_engagements", "share_count", "save_count",
    "last_post", "hours_watched", "peak_viewers", "airtime", "followers_gained", "age",
)  # fmt: skip
_RATES = ("engagement_rate", "likes_growth", "average_viewers", "credibility", "audience_female", "audience_male")
_FLAGS = (
    "is_official_artist",
    "has_audience",
    "hours_doubled",
    "viewers_doubled",
    "has_contact",
    "is_sponsored",
    "is_tagged",
)
_TEXTS = (
    "gender", "language", "platform_account_type", "stream_slug", "stream_category", "main_topic",
    "audience_country", "audience_interest",  # the largest ones
)  # fmt: skip

creator_profiles = vendor_table(
    "insightiq_creator_profiles",
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("creator_id", BigInteger, nullable=False),
    Column("work_platform_id", String(36), nullable=False),
    Column("handle", String(100), nullable=False),  # folded
    Column("address", String(200), nullable=False),  # of the profile; folded, see `address` in creator_profiles.py
    Column("external_id", String(100), nullable=False),
    Column("email", String(200)),  # folded; null where the profile does not tell it
    Column("followers", BigInteger, nullable=False),  # whatever the platform calls them
    Column("content_count", BigInteger, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("account_type", String(10), nullable=False),
    Column("monthly_growth", Float, nullable=False),  # of the followers, 0.02 is 2 %
    Column("streamed_topics", Integer, nullable=False),
    *(_column(name, BigInteger) for name in _COUNTS),
    *(_column(name, Float) for name in _RATES),
    *(_column(f"views_growth_{months}", Float) for months in MONTHS),
    *(_column(f"audience_age_{low}", Float) for low, _ in AGES.values()),
    *(_column(name, Boolean) for name in _FLAGS),
    *(_column(name, String(40)) for name in _TEXTS),
    Column("biography", Text, nullable=False),  # folded
    Column("spoken", Text, nullable=False),  # folded: what the videos say, on YouTube
    Column("userhandle", LargeBinary, nullable=False),
    Column("live", LargeBinary, nullable=False),
    Column("contacts", LargeBinary, nullable=False),
    Column("quick_body", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("audience", LargeBinary),  # JSON: all shares of an Audience; null where it is not known
    Index("insightiq_creator_profiles_order", "world", "work_platform_id", "followers"),
    Index("insightiq_creator_profiles_handle", "world", "work_platform_id", "handle"),
    Index("insightiq_creator_profiles_address", "world", "work_platform_id", "address"),
    Index("insightiq_creator_profiles_email", "world", "email"),
)

# What a profile can have several of, each under a number: facet and name, folded, are an interest's, a place's id ...
terms = vendor_table(
    "insightiq_discovery_terms",
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("facet", String(20), nullable=False),
    Column("name", String(150), nullable=False),
    Index("insightiq_discovery_terms_name", "world", "facet", "name", unique=True),
)

# The facets that all profiles of a creator share.
CREATORS: Final = ("creator_location", "creator_interest", "topic")

# Kept in the order of its key, without a row id: hundreds of rows per profile are found by term and profile alone.
facets = vendor_table(
    "insightiq_creator_facets",
    Column("term", Integer, primary_key=True, autoincrement=False),
    Column("owner", BigInteger, primary_key=True, autoincrement=False),  # a profile, or its creator for `CREATORS`
    Column("share", Integer, nullable=False),
)
facets.dialect_kwargs["sqlite_with_rowid"] = False

dictionary = vendor_table(
    "insightiq_discovery_dictionary",
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("key", String(36)),  # a location's id
    Column("name", String(100), nullable=False),  # folded
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_discovery_dictionary_kind", "world", "kind", "position"),
)

# The topic tags that occur on a platform.
tags = vendor_table(
    "insightiq_discovery_tags",
    Column("work_platform_id", String(36), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("topic", String(40), nullable=False),
    Column("frequency", BigInteger, nullable=False),
)
