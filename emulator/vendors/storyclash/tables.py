"""What Storyclash keeps: a column for what is filtered or ordered by, and the object as it is sent."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary

from emulator.world.tables import vendor_table

campaigns = vendor_table(
    "storyclash_campaigns",
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

posts = vendor_table(
    "storyclash_posts",
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("date", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

creators = vendor_table(
    "storyclash_creators",
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)
