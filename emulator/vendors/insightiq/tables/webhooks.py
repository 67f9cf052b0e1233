"""Tables of the section "Webhooks"."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String

from emulator.world.tables import vendor_table

webhooks = vendor_table(
    "insightiq_webhooks",
    Column("id", String(36), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
    Column("drawn", BigInteger, nullable=False),  # orders what is of one instant
    Column("is_active", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
