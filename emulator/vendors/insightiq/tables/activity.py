"""What the owners of connected accounts listen to."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from emulator.world.tables import vendor_table


def _of_accounts(name: str) -> Table:
    return vendor_table(
        name,
        Column("id", String(36), primary_key=True),
        Column("account_id", String(36), nullable=False),
        Column("updated_at", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Index(f"{name}_order", "world", "account_id", "updated_at", "id"),
    )


artists = _of_accounts("insightiq_activity_artists")
contents = _of_accounts("insightiq_activity_contents")
