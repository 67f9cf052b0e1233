"""What Storyclash keeps: a column for what is filtered or ordered by, and the object as it is sent.

What the population brings and what comes later stand in tables of their own: a world that gets one more post need not
take a copy of all others.
"""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table

from emulator.world.tables import vendor_table

BLOCK: Final = 8_192  # ids that are counted together; of the population, every fifth is that of a post


def _key(name: str) -> Column[Any]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _posts(name: str) -> Table:
    """The date is in the key, so that counting reads no bodies; `growth` is absent where no figure changes any more."""
    shown = (Column("growth", LargeBinary), Column("body", LargeBinary, nullable=False))
    return vendor_table(name, _key("campaign_id"), _key("id"), _key("date"), *shown)


def _blocks(name: str) -> Table:
    """How many posts of a campaign have ids of the same block, and the dates of the first and of the last of them."""
    counted = (Column(column, BigInteger, nullable=False) for column in ("posts", "first", "last"))
    return vendor_table(name, _key("campaign_id"), _key("block"), *counted)


campaigns = vendor_table(
    "storyclash_campaigns",
    _key("id"),
    Column("kind", Integer, nullable=False),
    Column("starts", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

posts, blocks = _posts("storyclash_posts"), _blocks("storyclash_blocks")
later_posts, later_blocks = _posts("storyclash_later_posts"), _blocks("storyclash_later_blocks")

creators = vendor_table(
    "storyclash_creators", _key("campaign_id"), _key("id"), Column("body", LargeBinary, nullable=False)
)

# The customer's own fields, which the creators of campaigns have values for; `kind` is the JSON type of these.
fields = vendor_table(
    "storyclash_fields",
    _key("id"),
    Column("name", String(200), nullable=False),
    Column("description", String(1000), nullable=False),
    Column("kind", String(10), nullable=False),
)

# Feeds, which are creators' profiles, that imports have made known, and the campaigns that these put creators into.
imported_feeds = vendor_table("storyclash_imported_feeds", _key("id"))
imported_members = vendor_table("storyclash_imported_members", _key("creator_id"), _key("campaign_id"))
