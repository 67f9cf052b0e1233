"""What anybody can see on the platforms whose contents can be fetched: profiles, and the posts of those not private.

An object is kept in the parts around what is not the same at all times or for all objects: the platform, the figures
and the profile. Figures are computed from the columns `likes` to `pace`, which are the post's `Reception`.
"""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Text

from emulator.world.tables import vendor_table

profiles = vendor_table(
    "insightiq_public_profiles",
    Column("id", String(36), primary_key=True),
    Column("work_platform_id", String(36), nullable=False),
    Column("handle", String(64), nullable=False),  # lower case, as platforms do not tell cases apart
    Column("external_id", String(64), nullable=False),
    Column("name", Text, nullable=False),  # that it displays
    Column("organisation", Integer, nullable=False),  # whether it is a company's or a magazine's
    Column("body", LargeBinary, nullable=False),  # the profile inside its contents
    Column("followers", BigInteger, nullable=False),  # at the world's epoch
    Column("monthly_growth", Float, nullable=False),  # of the followers, 0.02 is 2 %
    Column("audience", LargeBinary),  # JSON: shares of `genders_and_ages` and `countries`; Snapchat alone
    Index("insightiq_public_profiles_handle", "world", "work_platform_id", "handle"),
    Index("insightiq_public_profiles_external_id", "world", "work_platform_id", "external_id"),
)

contents = vendor_table(
    "insightiq_public_contents",
    Column("id", String(36), primary_key=True),
    Column("work_platform_id", String(36), nullable=False),
    Column("profile_id", String(36), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("content_type", String(16)),  # the value of the request that asks for it; null if only ALL does
    Column("language", String(2), nullable=False),
    Column("film", Integer, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("likes", BigInteger, nullable=False),
    Column("comments", BigInteger, nullable=False),
    Column("shares", BigInteger, nullable=False),
    Column("views", BigInteger, nullable=False),
    Column("pace", Float, nullable=False),
    Column("lifetime", Float),
    Column("head", LargeBinary, nullable=False),  # the object's keys from platform_content_id to links
    Column("tail", LargeBinary, nullable=False),  # from locations on
    Index("insightiq_public_contents_order", "world", "profile_id", "published_at", "id"),
    Index("insightiq_public_contents_address", "world", "work_platform_id", "external_id"),
)
