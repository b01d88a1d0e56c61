"""Cases that follow a preset flow, one table a kind, and who works on them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, Uuid

from complaint.adapters.columns import SuggestionColumn, TextsColumn
from complaint.adapters.tables.schema import metadata
from complaint.domain.feedback import FeedbackState, FeedbackTopic
from complaint.domain.flows import Duty
from complaint.domain.problem_flow import ProblemState
from complaint.domain.problems import ProblemSource, ProblemType, Remedy
from complaint.domain.requests import RequestState
from complaint.domain.root_causes import RootCause
from complaint.domain.satisfaction import Method
from shared.tables import UtcDateTime, by_value

participants = Table(
    "participants",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Uuid, nullable=False),
    Column("duty", by_value(Duty), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("matter", Text, nullable=False),
    Column("state", by_value(ProblemState), nullable=False),
    Column("type", by_value(ProblemType), nullable=False),
    Column("source", by_value(ProblemSource), nullable=False),
    Column("found_by_customer", Boolean, nullable=False),
    Column("suggestion", SuggestionColumn, nullable=False),
    Column("issue_id", Uuid, unique=True),
    Column("product", String(120)),
    Column("batch", String(60)),
    Column("departments", TextsColumn, nullable=False),
    Column("findings", Text),
    Column("root_cause", by_value(RootCause)),
    Column("plan_remedy", by_value(Remedy)),
    Column("plan_solution", Text),
    Column("plan_feasibility", Text),
    Column("plan_owner_id", Uuid),
    Column("plan_due_at", UtcDateTime),
    Column("plan_remedy_reason", Text),
    Column("result", Text),
)

handling_steps = Table(
    "handling_steps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("problems.id"), nullable=False, index=True),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", Text, nullable=False),
)

return_visits = Table(
    "return_visits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("problems.id"), nullable=False, index=True),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("method", by_value(Method), nullable=False),
    Column("satisfied", Boolean, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("lesson", Text),
)

service_requests = Table(
    "service_requests",
    metadata,
    Column("id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("matter", Text, nullable=False),
    Column("state", by_value(RequestState), nullable=False),
    Column("result", Text),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("matter", Text, nullable=False),
    Column("state", by_value(FeedbackState), nullable=False),
    Column("topic", by_value(FeedbackTopic), nullable=False),
    Column("analysis", Text),
    Column("answer", Text),
)
