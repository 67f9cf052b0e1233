"""What InsightIQ keeps: a column for what is filtered or ordered by, and the object as it is sent."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String

from emulator.world.tables import vendor_table

work_platforms = vendor_table(
    "insightiq_work_platforms",
    Column("id", String(36), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

users = vendor_table(
    "insightiq_users",
    Column("id", String(36), primary_key=True),
    Column("external_id", String(100), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("drawn", BigInteger, nullable=False),  # orders what was created at one instant
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_users_external_id", "world", "external_id", unique=True),
    Index("insightiq_users_order", "world", "created_at", "drawn", "id"),
)

accounts = vendor_table(
    "insightiq_accounts",
    Column("id", String(36), primary_key=True),
    Column("user_id", String(36), nullable=False),
    Column("work_platform_id", String(36), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reachable", Integer, nullable=False),  # 0: access has ended, though nobody may have noticed yet
    Column("updated_at", BigInteger, nullable=False),
    Column("drawn", BigInteger, nullable=False),  # orders what was updated at one instant, and names the connection
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_accounts_order", "world", "updated_at", "drawn", "id"),
    Index("insightiq_accounts_user", "world", "user_id"),
)
