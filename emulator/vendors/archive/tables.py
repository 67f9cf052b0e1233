"""What Archive keeps: a column for what is filtered or ordered by, and the object with the names of the SDL."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Text

from emulator.world.tables import vendor_table

shops = vendor_table(
    "archive_shops",
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("name", String(100), nullable=False),
    Column("watch", BigInteger),  # of the engagement history: its number, while anybody wants to be told about it
)

creators = vendor_table(
    "archive_creators",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("account_name", String(100), nullable=False),
    Column("provider", String(16), nullable=False),
    Column("verified", Integer, nullable=False),
    Column("private", Integer, nullable=False),
    Column("account_type", String(16), nullable=False),
    Column("tracked", Integer, nullable=False),
    Column("followers", BigInteger, nullable=False),  # at the epoch
    Column("monthly_growth", Float, nullable=False),  # of the followers
    Column("body", LargeBinary, nullable=False),
    Column("details", LargeBinary, nullable=False),  # JSON: full name, email, phone, url; what version 2 told of it
    Index("archive_creators_account", "world", "account_name"),
    Index("archive_creators_uuid", "world", "uuid"),
    Index("archive_creators_person", "world", "person_id"),
)

people = vendor_table(
    "archive_people",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("city", String(100), nullable=False),
    Column("region", String(100), nullable=False),
    Column("country", String(2), nullable=False),
    Column("country_name", String(100), nullable=False),
    Column("facts", LargeBinary, nullable=False),  # JSON: what custom attributes are made of, or `given`
    Index("archive_people_uuid", "world", "uuid"),
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
    Column("uuid", String(36), nullable=False),
    Column("external_id", String(40), nullable=False),
    Column("creator_id", BigInteger, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("provider", String(16), nullable=False),
    Column("type", String(16), nullable=False),
    Column("content_type", String(8), nullable=False),
    Column("usage_rights_status", String(16)),
    Column("import_type", String(16), nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("tags", Text, nullable=False),  # "\n#hashtag\n@mention\n", in lower case
    Column("url", Text, nullable=False),  # empty for a story
    Column("seconds", Integer, nullable=False),  # of a film; 0 for pictures
    Column("audience", BigInteger, nullable=False),  # followers when it was published
    Column("likes", BigInteger, nullable=False),  # these five hold from `recorded_until` on
    Column("comments", BigInteger, nullable=False),
    Column("views", BigInteger),
    Column("shares", BigInteger, nullable=False),
    Column("impressions", BigInteger, nullable=False),
    Column("recorded_until", BigInteger, nullable=False),  # when its planned readings are complete, as an instant
    Column("refreshed_at", BigInteger),  # when somebody last asked for a reading, as an instant
    Column("history", LargeBinary, nullable=False),  # readings, also those that are still to come
    Column("growth", LargeBinary, nullable=False),  # what a reading at any moment follows from
    Column("body", LargeBinary, nullable=False),  # as version 1 names it, without what changes with time; `given` to 2
    Index("archive_media_items_uuid", "world", "uuid", "shop_id"),
    Index("archive_media_items_external_id", "world", "external_id", "shop_id"),
    Index("archive_media_items_creator", "world", "creator_id", "id"),
    Index("archive_media_items_taken", "world", "shop_id", "taken_at", "uuid"),
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
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("group_id", BigInteger),
    Index("archive_collections_name", "world", "shop_id", "name"),
    Index("archive_collections_uuid", "world", "uuid"),
)

collected = vendor_table(
    "archive_collected",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("collection_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_item_id", BigInteger, primary_key=True, autoincrement=False),
)

campaigns = vendor_table(
    "archive_campaigns",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

campaign_items = vendor_table(
    "archive_campaign_items",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_item_id", BigInteger, primary_key=True, autoincrement=False),
)

# Views on content, creators and social profiles, as `kind` says; users make them, none comes with the population.
views = vendor_table(
    "archive_views",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("filters", LargeBinary, nullable=False),  # JSON, as are the next two
    Column("sort", LargeBinary, nullable=False),
    Column("conditions", LargeBinary, nullable=False),
    Column("reporting", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),  # the number of its last update
    Column("group_id", BigInteger),
    Column("place", BigInteger, nullable=False),  # in its group
    Index("archive_views_uuid", "world", "uuid"),
)

view_groups = vendor_table(
    "archive_view_groups",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

presets = vendor_table(
    "archive_presets",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("accessor", String(16), nullable=False),
    Column("filters", LargeBinary, nullable=False),  # JSON: an ItemFilterInput
)

brands = vendor_table(
    "archive_brands",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("handle", String(100), nullable=False),
    Column("own", Integer, nullable=False),
)

# What a workspace listens for: hashtags, mentions and keywords, as `kind` says.
sources = vendor_table(
    "archive_sources",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("uuid", String(36), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(100), nullable=False),  # without # or @
    Column("provider", String(16), nullable=False),
)

# What a workspace has spent of the month's credits, and what is left of packs that were bought.
wallets = vendor_table(
    "archive_wallets",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", BigInteger, nullable=False),  # the first instant of a month
    Column("spent", BigInteger, nullable=False),
    Column("bought", BigInteger, nullable=False),  # in this period
    Column("rolled", BigInteger, nullable=False),  # bought in the period before, void after this one
)

# The items of an operation, in its order. The operation itself is a job.
operation_items = vendor_table(
    "archive_operation_items",
    Column("operation_id", String(64), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("shop_id", BigInteger, nullable=False),
    Column("media_item_id", BigInteger, nullable=False),
    Column("uuid", String(36), nullable=False),
    Column("state", String(16), nullable=False),  # pending, succeeded or failed
    Index("archive_operation_items_item", "world", "media_item_id", "state"),
)

webhook_subscriptions = vendor_table(
    "archive_webhook_subscriptions",
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("event", String(64), nullable=False),
    Column("version", String(16), nullable=False),
    Column("callback_url", Text, nullable=False),
)
