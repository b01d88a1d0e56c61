"""Complaints and their forms. A column group with a common prefix is one value of the domain."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from complaint.adapters.columns import SuggestionColumn
from complaint.adapters.tables.schema import metadata
from complaint.domain.intake import Complainant, Severity, Subject
from complaint.domain.satisfaction import Method
from complaint.domain.states import State
from shared.columns import BecauseColumn
from shared.encrypted_columns import EncryptedColumn, blind_index
from shared.tables import UtcDateTime, by_value

complaints = Table(
    "complaints",
    metadata,
    Column("id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("complainant", by_value(Complainant), nullable=False),
    Column("about", by_value(Subject), nullable=False),
    Column("complainant_name", EncryptedColumn()),
    Column("complainant_phone", EncryptedColumn()),
    blind_index("complainant_phone"),
    Column("reported_to_12315", Boolean, nullable=False),
    Column("repeat_of", Uuid, ForeignKey("complaints.id")),
    Column("accused_customer_id", Uuid),
    Column("severity", by_value(Severity)),
    Column("suggestion", SuggestionColumn, nullable=False),
    Column("state", by_value(State), nullable=False),
    Index("ix_complaints_state", "state"),
)

forms = Table(
    "forms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("complaint_id", Uuid, ForeignKey("complaints.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("form_no", String(100), nullable=False),
    Column("previous_form_id", Uuid, ForeignKey("forms.id")),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("level", Integer, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("handler_id", Uuid, nullable=False),
    Column("reason", Text),
    Column("course", Text),
    Column("cause", Text),
    Column("cause_code", String(60)),
    Column("occurred_at", UtcDateTime),
    Column("place", String(200)),
    Column("shop_and_persons", EncryptedColumn()),
    Column("product", String(120)),
    Column("product_code", String(60)),
    Column("sales_order", String(60)),
    Column("other_contacts", EncryptedColumn()),
    Column("agent_name", EncryptedColumn()),
    Column("agent_relation", String(60)),
    Column("respondent_department", String(120)),
    Column("respondent_person", EncryptedColumn()),
    Column("raise_reason", Text),
    Column("contacted_by", Uuid),
    Column("plan_measures", Text),
    Column("plan_owner_id", Uuid),
    Column("plan_due_at", UtcDateTime),
    Column("plan_by", Uuid),
    Column("plan_at", UtcDateTime),
    Column("plan_because", BecauseColumn),
    Column("told_result", Text),
    Column("told_by", Uuid),
    Column("told_at", UtcDateTime),
    Column("answer_scale", String(40)),
    Column("answer_code", Integer),
    Column("answer_normalised", Integer),
    Column("answer_accepted", Boolean),
    Column("answer_because", BecauseColumn),
    Column("answer_asked_by", Uuid),
    Column("answer_asked_at", UtcDateTime),
    Column("answer_method", by_value(Method)),
    Column("answer_evidence", Text),
    Column("review_by", Uuid),
    Column("review_at", UtcDateTime),
    Column("review_opinion", Text),
    Column("decision_by", Uuid),
    Column("decision_at", UtcDateTime),
    Column("decision_text", Text),
    Column("archived_by", Uuid),
    Column("archived_at", UtcDateTime),
    UniqueConstraint("complaint_id", "position"),
)
