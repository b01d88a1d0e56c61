"""How cases stand to each other."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.links import Relation
from shared.tables import UtcDateTime, by_value


def _end(name: str) -> list[Column[object]]:
    return [
        Column(f"{name}_kind", String(40), nullable=False),
        Column(f"{name}_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
        Column(f"{name}_number", String(80), nullable=False),
    ]


case_links = Table(
    "case_links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("relation", by_value(Relation), nullable=False),
    *_end("source"),
    *_end("target"),
    Column("linked_by", Uuid, nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    UniqueConstraint("source_id", "target_id", "relation"),
)
