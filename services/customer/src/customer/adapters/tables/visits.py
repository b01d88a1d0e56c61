"""The tables of visits, of what each of them counted for, and of what asks for them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from customer.adapters.columns import RecordColumn
from customer.adapters.tables.schema import metadata
from customer.domain.visit_occasions import OccasionKind
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
    Column("org_unit", String(60), nullable=False),
    Column("activity", String(40), nullable=False),
    Column("role", String(60), nullable=False),
    Column("occasion", String(48), nullable=False),
    Column("grade", String(81), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("visitor_id", Uuid, nullable=False),
    Column("supervisor_id", Uuid),
    Column("due_on", Date, nullable=False),
    Column("appointed_on", Date),
    Column("because", BecauseColumn, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("completed_on", Date),
    Column("completed_by", Uuid),
    Column("reported_at", UtcDateTime),
    Column("mode", by_value(VisitMode)),
    Column("report", Text),
    Column("record", RecordColumn),
    Column("version", Integer, nullable=False),
    Index("ix_visits_customer_id_state", "customer_id", "state"),
    Index("ix_visits_visitor_id_state", "visitor_id", "state"),
    Index("ix_visits_due_on_org_unit", "due_on", "org_unit"),
    Index("ix_visits_due_on_priority_id", "due_on", "priority", "id"),
    Index("ix_visits_org_unit_due_on_priority_id", "org_unit", "due_on", "priority", "id"),
    Index("ix_visits_visitor_id_due_on_priority_id", "visitor_id", "due_on", "priority", "id"),
    Index("ix_visits_org_unit_reported_at_id", "org_unit", "reported_at", "id"),
    # For a unit a customer has one open visit of an activity, an actor and an occasion, whatever
    # is planned at the same time elsewhere.
    Index(
        "uq_visits_open",
        "customer_id",
        "org_unit",
        "activity",
        "role",
        "occasion",
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

# What a unit says of a customer and that decides how often he is visited.
visit_flags = Table(
    "visit_flags",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("is_key", Boolean, nullable=False),
    Column("out_of_town", Boolean, nullable=False),
    Column("executive_selected", Boolean, nullable=False),
    Column("lost", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

# Sales, milestones and ends of contracts, each of which may ask for visits of its own.
visit_occasions = Table(
    "visit_occasions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("kind", by_value(OccasionKind), nullable=False),
    Column("reference", String(60), nullable=False),
    Column("happens_on", Date, nullable=False),
    Column("told_on", Date, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("customer_id", "unit", "kind", "reference"),
)
