"""What InsightIQ knows of professional profiles, and the words that they are found by."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, LargeBinary, String, Text

from emulator.world.tables import vendor_table

profiles = vendor_table(
    "insightiq_professional_profiles",
    Column("id", String(36), primary_key=True),
    Column("handle", String(200), nullable=False),  # lower case
    Column("follower_count", BigInteger, nullable=False),  # at the world's epoch
    Column("monthly_growth", Float, nullable=False),  # of the followers, 0.02 is 2 %
    Column("content_count", BigInteger, nullable=False),
    Column("average_likes", BigInteger, nullable=False),
    Column("average_comments", BigInteger, nullable=False),
    Column("average_shares", BigInteger, nullable=False),
    Column("engagement_rate", Float, nullable=False),  # per cent
    Column("has_contact_details", Boolean, nullable=False),
    Column("last_post", BigInteger, nullable=False),
    Column("bio", Text, nullable=False),  # folded
    Column("body", LargeBinary, nullable=False),  # as the search shows it
    Column("report", LargeBinary, nullable=False),  # as the analytics show it, without what depends on the time
    Column("contents", LargeBinary, nullable=False),  # JSON list of `professional_contents.Stored`
    Index("insightiq_professional_profiles_handle", "world", "handle"),
)

facets = vendor_table(
    "insightiq_professional_facets",
    Column("facet", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),  # an id, or a name folded
    Column("detail", String(200), primary_key=True),  # a job's title, folded; an education's degree, by id; or empty
    Column("profile_id", String(36), primary_key=True),
)

terms = vendor_table(
    "insightiq_professional_terms",
    Column("dictionary", String(20), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),  # folded
    Column("text", Text, nullable=False),  # what a search looks in, folded
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_professional_terms_order", "world", "dictionary", "name", "id"),
)
