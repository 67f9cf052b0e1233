"""What connected accounts have published: contents, publications and content groups.

`published_at` is an instant. `fetched` is 0 for what the platform has and InsightIQ has not fetched yet: nobody sees
it. `growth` is what the figures follow from, besides time (module `growth`).
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from emulator.world.tables import vendor_table


def _items(name: str) -> Table:
    return vendor_table(
        name,
        Column("id", String(36), primary_key=True),
        Column("account_id", String(36), nullable=False),
        Column("published_at", BigInteger, nullable=False),
        Column("fetched", Integer, nullable=False),
        Column("growth", LargeBinary, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Index(f"{name}_order", "world", "account_id", "published_at", "id"),
    )


contents = _items("insightiq_contents")
publications = _items("insightiq_publications")
content_groups = _items("insightiq_content_groups")

# Those that recipes bring along; all others are made when they are asked for.
comments = vendor_table(
    "insightiq_comments",
    Column("id", String(36), primary_key=True),
    Column("content_id", String(36), nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("insightiq_comments_order", "world", "content_id", "published_at", "id"),
)
