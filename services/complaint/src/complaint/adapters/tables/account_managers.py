"""Who cares for customers."""

from sqlalchemy import Column, Integer, Table, Uuid

from complaint.adapters.tables.schema import metadata

# ``person_id`` is null where nobody does.
account_managers = Table(
    "account_managers",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("person_id", Uuid),
    Column("sequence", Integer, nullable=False),
)
