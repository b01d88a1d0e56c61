"""Complaints and work orders of customers, as their services tell of them.

No row refers to ``customers``: an event may come before the customer whom it names.
"""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain import complaints, work_orders
from shared.tables import UtcDateTime, by_value

customer_complaints = Table(
    "customer_complaints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("number", String(80), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("level", Integer, nullable=False),
    Column("handler_id", Uuid, nullable=False),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("first_contact_due_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", by_value(complaints.State), nullable=False),
    Column("contacts", Integer, nullable=False),
    Column("satisfaction", Integer),
    Column("closed_at", UtcDateTime),
    Index("ix_customer_complaints_customer_id_filed_at_id", "customer_id", "filed_at", "id"),
    Index("ix_customer_complaints_org_unit_filed_at", "org_unit", "filed_at"),
)

customer_work_orders = Table(
    "customer_work_orders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("complaint_id", Uuid),
    Column("worker_id", Uuid, nullable=False),
    Column("reply_due_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", by_value(work_orders.State), nullable=False),
    Column("order_no", String(80)),
    Column("satisfied", Boolean),
    Index("ix_customer_work_orders_customer_id_opened_at_id", "customer_id", "opened_at", "id"),
)
