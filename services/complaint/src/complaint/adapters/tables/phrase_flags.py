"""Phrases that customers were told and nobody may say."""

from sqlalchemy import Column, Index, String, Table, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.phrase_flags import RecordedText
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

phrase_flags = Table(
    "phrase_flags",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("about", String(80), nullable=False, index=True),
    Column("text", by_value(RecordedText), nullable=False),
    Column("person_id", Uuid, nullable=False, index=True),
    Column("phrase", String(60), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("flagged_at", UtcDateTime, nullable=False),
    Index("ix_phrase_flags_org_unit_id", "org_unit", "id"),
)
