"""How the aggregate lies in its tables. The domain knows nothing of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import composite, deferred, registry, relationship

from complaint.adapters import tables
from complaint.domain.action_plans import ActionPlan
from complaint.domain.attachments import Attachment
from complaint.domain.call_backs import CallBack
from complaint.domain.case_analyses import CaseAnalysis
from complaint.domain.case_contacts import CaseContact
from complaint.domain.cases import Case
from complaint.domain.clocks import Clock
from complaint.domain.complaint import Complaint
from complaint.domain.corrective_actions import CorrectiveAction
from complaint.domain.deadlines import Deadline
from complaint.domain.emergencies import Emergency
from complaint.domain.feedback import Feedback
from complaint.domain.field_work import Assignment, FieldWork
from complaint.domain.flow_cases import Arrival
from complaint.domain.flows import Participant
from complaint.domain.form import ComplaintForm, Told
from complaint.domain.handling_records import Compensation, HandlingRecord, ProcessExplanation
from complaint.domain.intake import Details, Intake
from complaint.domain.links import CaseLink, CaseName
from complaint.domain.patterns import Pattern, PatternMark
from complaint.domain.pauses import Pause
from complaint.domain.penalties import Penalty
from complaint.domain.phrase_flags import PhraseFlag
from complaint.domain.problems import HandlingStep, Plan, Problem, ReturnVisit
from complaint.domain.progress import Message, ProgressContact
from complaint.domain.requests import ServiceRequest
from complaint.domain.review import Decision, Review
from complaint.domain.satisfaction import Answer
from complaint.domain.shipment_holds import ShipmentHold
from complaint.domain.sub_tasks import Dues, Report, SubTask
from complaint.domain.trainings import Training
from complaint.domain.weekly_reports import Period, WeeklyReport
from shared.encrypted_columns import encrypt_columns
from shared.penalty_ledger import map_penalties

# Taken from here the classes are known to be mapped.
__all__ = [
    "Attachment",
    "CallBack",
    "Case",
    "CaseAnalysis",
    "CaseContact",
    "CaseLink",
    "Complaint",
    "CorrectiveAction",
    "Feedback",
    "Pattern",
    "PatternMark",
    "Penalty",
    "PhraseFlag",
    "Problem",
    "ServiceRequest",
    "ShipmentHold",
    "SubTask",
    "Training",
    "WeeklyReport",
]

mapper = registry(metadata=tables.metadata)


@dataclass(unsafe_hash=True)
class Assignee:
    """One person whom the present level of a case calls upon."""

    person_id: UUID


def _value(kind: type, table: Table, *, prefix: str = "", optional: bool = False) -> Any:
    """A frozen dataclass in columns named after its fields; with ``optional`` all null is None."""
    columns = (table.c[f"{prefix}{field.name}"] for field in fields(kind))
    missing: Callable[..., bool] | None = _all_null if optional else None
    return composite(kind, *columns, return_none_on=missing)


def _intake_columns() -> Iterator[Any]:
    """The columns of an intake: some every case has, the others are those of a complaint."""
    for field in fields(Intake):
        table = tables.complaints if field.name in tables.complaints.c else tables.cases
        yield table.c[field.name]


def _all_null(*values: object) -> bool:
    return all(value is None for value in values)


mapper.map_imperatively(Assignee, tables.assignees)
mapper.map_imperatively(CaseContact, tables.case_contacts)
encrypt_columns(CaseContact, tables.case_contacts)

mapper.map_imperatively(
    ComplaintForm,
    tables.forms,
    properties={
        "details": _value(Details, tables.forms),
        "plan": _value(ActionPlan, tables.forms, prefix="plan_", optional=True),
        "told": _value(Told, tables.forms, prefix="told_", optional=True),
        "answer": _value(Answer, tables.forms, prefix="answer_", optional=True),
        "review": _value(Review, tables.forms, prefix="review_", optional=True),
        "decision": _value(Decision, tables.forms, prefix="decision_", optional=True),
    },
)

mapper.map_imperatively(
    FieldWork,
    tables.field_works,
    properties={"assignment": _value(Assignment, tables.field_works)},
)

mapper.map_imperatively(
    Clock,
    tables.clocks,
    properties={
        "deadline": _value(Deadline, tables.clocks, prefix="deadline_"),
        "hard_deadline": _value(Deadline, tables.clocks, prefix="hard_deadline_", optional=True),
    },
)
mapper.map_imperatively(
    Attachment,
    tables.attachments,
    properties={"content": deferred(tables.attachments.c.content)},
)
mapper.map_imperatively(Pause, tables.pauses)
mapper.map_imperatively(PhraseFlag, tables.phrase_flags)
mapper.map_imperatively(ProgressContact, tables.progress_contacts)
mapper.map_imperatively(Message, tables.messages)
mapper.map_imperatively(Emergency, tables.emergencies)
mapper.map_imperatively(ProcessExplanation, tables.process_explanations)
encrypt_columns(ProcessExplanation, tables.process_explanations)
mapper.map_imperatively(
    HandlingRecord,
    tables.handling_records,
    properties={
        "compensation": _value(
            Compensation, tables.handling_records, prefix="compensation_", optional=True
        )
    },
)
mapper.map_imperatively(Pattern, tables.patterns)
mapper.map_imperatively(PatternMark, tables.pattern_marks)
mapper.map_imperatively(Participant, tables.participants)
mapper.map_imperatively(HandlingStep, tables.handling_steps)
mapper.map_imperatively(ReturnVisit, tables.return_visits)
mapper.map_imperatively(
    WeeklyReport,
    tables.weekly_reports,
    properties={"period": _value(Period, tables.weekly_reports)},
)
mapper.map_imperatively(
    CaseLink,
    tables.case_links,
    properties={
        "source": _value(CaseName, tables.case_links, prefix="source_"),
        "target": _value(CaseName, tables.case_links, prefix="target_"),
    },
)
map_penalties(mapper, Penalty, tables.penalties)


def _part(kind: type, table: Table, **options: Any) -> Any:
    """The parts of a thing in the order in which they came to it."""
    return relationship(kind, order_by=table.c.id, cascade="all, delete-orphan", **options)


for task, table in (
    (CallBack, tables.call_backs),
    (CorrectiveAction, tables.corrective_actions),
    (CaseAnalysis, tables.case_analyses),
    (ShipmentHold, tables.shipment_holds),
    (Training, tables.trainings),
):
    mapper.map_imperatively(task, table, version_id_col=table.c.version, version_id_generator=False)
mapper.map_imperatively(Report, tables.sub_task_reports)
mapper.map_imperatively(
    SubTask,
    tables.sub_tasks,
    properties={
        "dues": _value(Dues, tables.sub_tasks),
        "reports": _part(Report, tables.sub_task_reports, lazy="selectin"),
    },
)

mapper.map_imperatively(
    Case,
    tables.cases,
    polymorphic_on=tables.cases.c.kind,
    with_polymorphic="*",
    version_id_col=tables.cases.c.version,
    version_id_generator=False,  # The aggregate counts, so that a change of a part counts as well.
    properties={
        "_kind": tables.cases.c.kind,  # The class says its kind itself.
        "clocks": _part(Clock, tables.clocks, lazy="selectin"),
        "pauses": _part(Pause, tables.pauses),
        "sub_tasks": _part(SubTask, tables.sub_tasks),
        "records": _part(HandlingRecord, tables.handling_records),
        "explanations": _part(ProcessExplanation, tables.process_explanations),
        "field_works": _part(FieldWork, tables.field_works),
        "_assignees": relationship(
            Assignee, collection_class=set, cascade="all, delete-orphan", lazy="selectin"
        ),
    },
)
Case.assigned_ids = association_proxy("_assignees", "person_id", creator=Assignee)  # type: ignore[assignment]

mapper.map_imperatively(
    Complaint,
    tables.complaints,
    inherits=Case,
    polymorphic_identity=Complaint.kind,
    properties={
        "intake": composite(Intake, *_intake_columns()),
        "forms": relationship(
            ComplaintForm, order_by=tables.forms.c.position, cascade="all, delete-orphan"
        ),
        "contacts": _part(ProgressContact, tables.progress_contacts),
        "messages": _part(Message, tables.messages),
        "emergencies": _part(Emergency, tables.emergencies),
    },
)


def _flow() -> dict[str, Any]:
    """What every case that follows a preset flow has."""
    return {
        "arrival": _value(Arrival, tables.cases),
        "participants": relationship(
            Participant, order_by=tables.participants.c.position, cascade="all, delete-orphan"
        ),
        "contacts": _part(ProgressContact, tables.progress_contacts),
    }


mapper.map_imperatively(
    Problem,
    tables.problems,
    inherits=Case,
    polymorphic_identity=Problem.kind,
    properties={
        **_flow(),
        "plan": _value(Plan, tables.problems, prefix="plan_", optional=True),
        "steps": _part(HandlingStep, tables.handling_steps),
        "return_visits": _part(ReturnVisit, tables.return_visits),
    },
)
mapper.map_imperatively(
    ServiceRequest,
    tables.service_requests,
    inherits=Case,
    polymorphic_identity=ServiceRequest.kind,
    properties=_flow(),
)
mapper.map_imperatively(
    Feedback,
    tables.feedback,
    inherits=Case,
    polymorphic_identity=Feedback.kind,
    properties=_flow(),
)

encrypt_columns(Complaint, tables.complaints)
encrypt_columns(ComplaintForm, tables.forms)
encrypt_columns(CallBack, tables.call_backs)
