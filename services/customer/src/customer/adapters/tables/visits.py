"""The tables of visits and of what each of them counted for."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid, text

from customer.adapters.tables.schema import metadata
from customer.domain.visit_rules import VisitMode
from customer.domain.visit_states import OPEN, State
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

STILL_OPEN = text(f"state IN ({', '.join(repr(state.value) for state in OPEN)})")

visits = Table(
    "visits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("activity", String(40), nullable=False),
    Column("role", String(60), nullable=False),
    Column("visitor_id", Uuid, nullable=False),
    Column("supervisor_id", Uuid),
    Column("due_on", Date, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("completed_on", Date),
    Column("completed_by", Uuid),
    Column("mode", by_value(VisitMode)),
    Column("report", Text),
    Column("version", Integer, nullable=False),
    Index("ix_visits_customer_id_state", "customer_id", "state"),
    Index("ix_visits_visitor_id_state", "visitor_id", "state"),
    # For a unit a customer has one open visit of an activity and an actor, whatever is planned at
    # the same time elsewhere.
    Index(
        "uq_visits_open",
        "customer_id",
        "org_unit",
        "activity",
        "role",
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    ),
)

# When each rule of a unit was last satisfied by a visit; one visit may satisfy several.
visit_credits = Table(
    "visit_credits",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("activity", String(40), primary_key=True),
    Column("role", String(60), primary_key=True),
    Column("visited_on", Date, nullable=False),
    Column("visit_id", Uuid, ForeignKey("visits.id"), nullable=False),
)
