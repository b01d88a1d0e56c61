"""Calls that were promised to customers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.call_back_states import CallBackState
from complaint.domain.scripts import Situation
from shared.columns import BecauseColumn
from shared.encrypted_columns import EncryptedColumn
from shared.tables import UtcDateTime, by_value

call_backs = Table(
    "call_backs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("department", String(60), nullable=False),
    Column("situation", by_value(Situation), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("promised_by", Uuid, nullable=False),
    Column("promised_at", UtcDateTime, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("matter", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("warn_at", UtcDateTime),
    Column("case_id", Uuid, ForeignKey("cases.id"), index=True),
    Column("customer_id", Uuid),
    Column("caller_name", EncryptedColumn()),
    Column("caller_phone", EncryptedColumn()),
    Column("asked_department", String(60)),
    Column("state", by_value(CallBackState), nullable=False),
    Column("said", Text),
    Column("evidence", Text),
    Column("ended_by", Uuid),
    Column("ended_at", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("overdue_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_call_backs_org_unit_id", "org_unit", "id"),
    Index("ix_call_backs_department_id", "department", "id"),
    Index("ix_call_backs_owner_id_state", "owner_id", "state"),
)
