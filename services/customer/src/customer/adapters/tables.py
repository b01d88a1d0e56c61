"""The tables of customers, their contacts, visits and greetings, and of the staff."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from customer.adapters.columns import BirthdayColumn, StoredAmount
from customer.domain.grading import SizeClass
from customer.domain.kinds import Kind
from customer.domain.visit_states import OPEN, State
from shared.columns import BecauseColumn
from shared.tables import NAMING, UtcDateTime, by_value

metadata = MetaData(naming_convention=NAMING)

STILL_OPEN = text(f"state IN ({', '.join(repr(state.value) for state in OPEN)})")

customers = Table(
    "customers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("kind", by_value(Kind), nullable=False),
    Column("industry", String(80)),
    Column("annual_amount", StoredAmount),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("owner_id", Uuid),
    Column("visitor_id", Uuid, index=True),
    Column("since", Date),
    Column("size_class", by_value(SizeClass)),
    Column("size_because", BecauseColumn),
    Column("registered_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("phone", String(20)),
    Column("email", String(254)),
    Column("language", String(35), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("birthday", BirthdayColumn),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("activity", String(40), nullable=False),
    Column("visitor_id", Uuid, nullable=False),
    Column("supervisor_id", Uuid),
    Column("due_on", Date, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("completed_on", Date),
    Column("completed_by", Uuid),
    Column("report", Text),
    Column("version", Integer, nullable=False),
    Index("ix_visits_customer_id_activity_completed_on", "customer_id", "activity", "completed_on"),
    Index("ix_visits_visitor_id_state", "visitor_id", "state"),
    # A customer has one open visit of an activity, whatever is planned at the same time elsewhere.
    Index(
        "uq_visits_open",
        "customer_id",
        "activity",
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    ),
)

# What was sent to contacts, as notify tells it.
contact_history = Table(
    "contact_history",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Uuid, nullable=False),
    Column("occasion", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

# Persons and posts as dispatch tells them.
staff = Table(
    "staff",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("active", Boolean, nullable=False),
    Column("superior_id", Uuid),
)

staff_posts = Table(
    "staff_posts",
    metadata,
    Column("person_id", Uuid, ForeignKey("staff.person_id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("role", String(60), primary_key=True),
    Index("ix_staff_posts_role_unit", "role", "unit"),
)
