"""The weekly reports, one row a revision."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint, Uuid

from complaint.adapters.columns import TextsColumn
from complaint.adapters.tables.schema import metadata
from shared.columns import BecauseColumn
from shared.tables import Json, UtcDateTime

weekly_reports = Table(
    "weekly_reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("year", Integer, nullable=False),
    Column("week", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("units", TextsColumn, nullable=False),
    Column("from_at", UtcDateTime, nullable=False),
    Column("until_at", UtcDateTime, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("figures", Json, nullable=False),
    Column("open_list", Json, nullable=False),
    Column("notable", Json, nullable=False, server_default="[]"),
    Column("changes", Json, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Uuid),
    UniqueConstraint("org_unit", "year", "week", "revision"),
)
