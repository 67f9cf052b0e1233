"""What Archive keeps: a column for what is filtered or ordered by, and the object with the names of the SDL."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String

from emulator.world.tables import vendor_table

shops = vendor_table(
    "archive_shops",
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
)

creators = vendor_table(
    "archive_creators",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_name", String(100), nullable=False),
    Column("provider", String(16), nullable=False),
    Column("verified", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("archive_creators_account", "world", "account_name"),
)

media_items = vendor_table(
    "archive_media_items",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("external_id", String(40), nullable=False),
    Column("creator_id", BigInteger, nullable=False),
    Column("provider", String(16), nullable=False),
    Column("type", String(16), nullable=False),
    Column("usage_rights_status", String(16)),
    Column("body", LargeBinary, nullable=False),  # without `creator`, which has a row of its own
    Index("archive_media_items_external_id", "world", "external_id"),
    Index("archive_media_items_creator", "world", "creator_id", "id"),
)
