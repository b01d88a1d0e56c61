"""The table of the documents that customers hand in."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Uuid

from customer.adapters.tables.schema import metadata
from shared.tables import UtcDateTime

documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("number", String(80), nullable=False),
    Column("number_key", String(80), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("collector_id", Uuid, nullable=False),
    Column("collected_at", UtcDateTime, nullable=False),
    Column("verifier_id", Uuid),
    Column("verified_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_documents_customer_id_kind_product", "customer_id", "kind", "product"),
    Index("ix_documents_number_key_kind", "number_key", "kind"),
)
