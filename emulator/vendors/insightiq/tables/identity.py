"""What is known of the owners of connected accounts and of their audiences; at most one of each per account.

`fetched` is 0 before the first synchronisation: nobody sees it.
"""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String

from emulator.world.tables import vendor_table

# `followers` were counted at `counted_at`; with the growth per month they tell the followers at any later time
profiles = vendor_table(
    "insightiq_account_profiles",
    Column("id", String(36), primary_key=True),
    Column("account_id", String(36), nullable=False),
    Column("user_id", String(36), nullable=False),
    Column("work_platform_id", String(36), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("fetched", Integer, nullable=False),
    Column("followers", BigInteger, nullable=False),
    Column("monthly_growth", Float, nullable=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_account_profiles_account", "world", "account_id", unique=True),
    Index("insightiq_account_profiles_user", "world", "user_id"),
    Index("insightiq_account_profiles_order", "world", "created_at", "id"),
)

# `shares` are those of the world's epoch; with the number of the profile, those of any other week follow from them
audiences = vendor_table(
    "insightiq_account_audiences",
    Column("account_id", String(36), primary_key=True),
    Column("updated_at", BigInteger, nullable=False),
    Column("fetched", Integer, nullable=False),
    Column("profile", BigInteger, nullable=False),
    Column("shares", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
