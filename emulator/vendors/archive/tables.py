"""What Archive keeps: a column for what is filtered or ordered by, and the object with the names of the SDL."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Text

from emulator.world.tables import vendor_table

shops = vendor_table(
    "archive_shops",
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
    Column("watch", BigInteger),  # of the engagement history: its number, while anybody wants to be told about it
)

creators = vendor_table(
    "archive_creators",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_name", String(100), nullable=False),
    Column("provider", String(16), nullable=False),
    Column("verified", Integer, nullable=False),
    Column("tracked", Integer, nullable=False),
    Column("monthly_growth", Float, nullable=False),  # of the followers, who were counted at the epoch
    Column("body", LargeBinary, nullable=False),
    Index("archive_creators_account", "world", "account_name"),
)

audience_reports = vendor_table(
    "archive_audience_reports",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("creator_id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
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
    Column("recorded_until", BigInteger, nullable=False),  # when its engagement history is complete, as an instant
    Column("growth", LargeBinary, nullable=False),  # what `engagement` follows from, besides time
    Column("body", LargeBinary, nullable=False),  # without `creator`, a row of its own; with the history to come
    Index("archive_media_items_external_id", "world", "external_id"),
    Index("archive_media_items_creator", "world", "creator_id", "id"),
)

labels = vendor_table(
    "archive_labels",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Index("archive_labels_name", "world", "shop_id", "name", unique=True),
)

tags = vendor_table(
    "archive_tags",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("label_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),  # of what is tagged: creator or media_item
    Column("target_id", BigInteger, primary_key=True, autoincrement=False),
)

collections = vendor_table(
    "archive_collections",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Index("archive_collections_name", "world", "shop_id", "name"),
)

collected = vendor_table(
    "archive_collected",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("collection_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_item_id", BigInteger, primary_key=True, autoincrement=False),
)

webhook_subscriptions = vendor_table(
    "archive_webhook_subscriptions",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("event", String(64), nullable=False),
    Column("version", String(16), nullable=False),
    Column("callback_url", Text, nullable=False),
)
