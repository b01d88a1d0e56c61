"""The table of invitations."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from customer.adapters.tables.schema import metadata
from customer.domain.invitations import Meeting
from shared.tables import UtcDateTime, by_value

invitations = Table(
    "invitations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting", by_value(Meeting), nullable=False),
    Column("meeting_id", Uuid, nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("takes_place_on", Date, nullable=False),
    Column("invited_by", Uuid, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("joins", Boolean),
    Column("answered_by", Uuid),
    Column("answered_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    UniqueConstraint("meeting_id", "unit"),
    Index("ix_invitations_org_unit_takes_place_on_id", "org_unit", "takes_place_on", "id"),
    Index("ix_invitations_unit_takes_place_on_id", "unit", "takes_place_on", "id"),
)
