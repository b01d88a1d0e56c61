"""The tables of customers, of those in whose customer base they stand, and of their contacts."""

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
    Uuid,
)

from customer.adapters.columns import AmountColumn, BirthdayColumn, UnreachableColumn
from customer.adapters.tables.schema import metadata
from customer.domain.contacts import DecisionRole, PreferredChannel
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from shared.encrypted_columns import EncryptedColumn, blind_index
from shared.tables import UtcDateTime, by_value, only

customers = Table(
    "customers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("name_key", String(120), nullable=False, index=True),
    Column("kind", by_value(Kind), nullable=False),
    Column("industry", String(80)),
    Column("region", String(80)),
    Column("annual_amount", AmountColumn),
    Column("org_unit", String(60), nullable=False),
    Column("owner_id", Uuid, index=True),
    Column("visitor_id", Uuid, index=True),
    Column("since", Date),
    Column("registered_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_customers_org_unit_id", "org_unit", "id"),
    Index("ix_customers_region_id", "region", "id"),
)

# In whose customer base a customer stands: that of his own unit and of others that deal with him.
memberships = Table(
    "memberships",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("standing", by_value(Standing), nullable=False),
    Column("owner_id", Uuid),
    Column("since", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_memberships_unit_standing_customer_id", "unit", "standing", "customer_id"),
    Index("ix_memberships_unit_customer_id", "unit", "customer_id"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("phone", EncryptedColumn()),
    blind_index("phone"),
    Column("email", EncryptedColumn()),
    Column("preferred_channel", by_value(PreferredChannel)),
    Column("language", String(35), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("birthday", BirthdayColumn),
    Column("decision_role", by_value(DecisionRole)),
    Column("job_title", String(80)),
    Column("occupation", String(80)),
    Column("age", Integer),
    Column("preferences", Text),
    Column("purchase_habits", Text),
    Column("spending_power", String(80)),
    Column("active", Boolean, nullable=False),
    Column("unreachable", UnreachableColumn),
    Column("readdressed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_contacts_unreachable", "id", **only("unreachable IS NOT NULL")),
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
