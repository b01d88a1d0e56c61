"""Goods that are not to be shipped."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, Uuid

from complaint.adapters.tables.department_work import task_columns
from complaint.adapters.tables.schema import metadata
from complaint.domain.shipment_holds import HoldState
from shared.tables import UtcDateTime, by_value

shipment_holds = Table(
    "shipment_holds",
    metadata,
    *task_columns(),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("product", String(120), nullable=False),
    Column("batch", String(60)),
    Column("reason", Text, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("state", by_value(HoldState), nullable=False),
    Column("said", Text),
    Column("confirmed_by", Uuid),
    Column("confirmed_at", UtcDateTime),
    Column("ended_by", Uuid),
    Column("ended_at", UtcDateTime),
    Index("ix_shipment_holds_org_unit_id", "org_unit", "id"),
    Index("ix_shipment_holds_department_id", "department", "id"),
    Index("ix_shipment_holds_product_batch", "product", "batch"),
)
