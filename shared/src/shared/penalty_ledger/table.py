"""Where a service keeps penalties and the breaches that they are for."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import composite, registry

from shared.columns import BecauseColumn, MoneyColumn
from shared.penalties import Breach, Penalty, PenaltyState
from shared.tables import UtcDateTime, by_value


def penalty_table(metadata: MetaData) -> Table:
    """The table of penalties in the schema of a service."""
    return Table(
        "penalties",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("org_unit", String(60), nullable=False),
        Column("rule", String(40), nullable=False),
        Column("about", String(80), nullable=False),
        Column("person_id", Uuid, nullable=False, index=True),
        Column("occurred_on", Date, nullable=False),
        Column("code", String(60), nullable=False),
        Column("lowest", MoneyColumn, nullable=False),
        Column("highest", MoneyColumn, nullable=False),
        Column("because", BecauseColumn, nullable=False),
        Column("month", String(7), nullable=False),
        Column("proposed_at", UtcDateTime, nullable=False),
        Column("proposed_by", Uuid),
        Column("evidence", Text),
        Column("cause", String(80)),
        Column("hard", Boolean),
        Column("quantity", Integer, nullable=False, server_default="1"),
        Column("state", by_value(PenaltyState), nullable=False),
        Column("amount", MoneyColumn),
        Column("decided_by", Uuid),
        Column("decided_at", UtcDateTime),
        Column("reason", Text),
        Column("posted_by", Uuid),
        Column("posted_at", UtcDateTime),
        UniqueConstraint("about", "rule", "code", "person_id", "occurred_on"),
        Index("ix_penalties_month_state", "month", "state"),
    )


def map_penalties(mapper: registry, kind: type[Penalty], table: Table) -> None:
    """Map the penalties of a service to its table."""
    of = table.c
    breach = composite(Breach, of.rule, of.code, of.about, of.person_id, of.occurred_on)
    mapper.map_imperatively(kind, table, properties={"breach": breach})
