"""What complaint tells of the complaints of customers."""

from collections.abc import Callable
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.domain.complaints import News, State
from customer.use_cases.complaints import follow_complaint, keep_complaint
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class ComplaintReading(Reading):
    """Of which complaint an event tells."""

    complaint_id = fields.UUID(required=True)


class FiledSchema(ComplaintReading):
    """``complaint.filed.v1``."""

    org_unit = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    number = fields.String(required=True)
    channel = fields.String(required=True)
    level = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    first_contact_due_at = fields.AwareDateTime(required=True)


class AssignedSchema(ComplaintReading):
    """``complaint.assigned.v1``."""

    level = fields.Integer(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=Length(min=1))
    reason = fields.String(required=True)


class FieldWorkDoneSchema(ComplaintReading):
    """``complaint.field_work_done.v1``."""

    satisfied = fields.Boolean(required=True)


class AnsweredSchema(ComplaintReading):
    """``complaint.satisfaction_answered.v1``."""

    normalised = fields.Integer(required=True)
    accepted = fields.Boolean(required=True)


class EscalatedSchema(ComplaintReading):
    """``complaint.escalated.v1``."""

    to_level = fields.Integer(required=True)


class ClosedSchema(ComplaintReading):
    """``complaint.closed.v1``."""

    normalised = fields.Integer(required=True)


def on_filed(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    keep_complaint(tx, event, **data)


def _assigned(data: dict[str, Any]) -> News:
    raised = data["reason"] == "raised"
    return News(level=data["level"], handler_id=data["person_ids"][0], back_to_work=raised)


def _field_work_done(data: dict[str, Any]) -> News:
    return News(back_to_work=not data["satisfied"])


def _answered(data: dict[str, Any]) -> News:
    # What follows from an answer that is not accepted is told by an event of its own.
    state = State.AWAITING_REVIEW if data["accepted"] else None
    return News(state=state, satisfaction=data["normalised"], talked=True)


def _escalated(data: dict[str, Any]) -> News:
    return News(state=State.IN_PROGRESS, level=data["to_level"])


def _closed(data: dict[str, Any]) -> News:
    return News(state=State.ARCHIVED, satisfaction=data["normalised"])


def _now(state: State, *, talked: bool = False) -> Callable[[dict[str, Any]], News]:
    return lambda _data: News(state=state, talked=talked)


def _followed(read: Callable[[dict[str, Any]], News], reads: type[Reading]) -> Subscription:
    def on_complaint_changed(
        tx: CustomerTransaction, event: Received, data: dict[str, Any]
    ) -> None:
        follow_complaint(tx, event, complaint_id=data["complaint_id"], news=read(data))

    return Subscription(reads=reads(), handler=on_complaint_changed)


SUBSCRIPTIONS: Subscriptions = {
    "complaint.filed.v1": Subscription(reads=FiledSchema(), handler=on_filed),
    "complaint.assigned.v1": _followed(_assigned, AssignedSchema),
    "complaint.first_contact_made.v1": _followed(
        _now(State.CONTACTED, talked=True), ComplaintReading
    ),
    "complaint.field_work_requested.v1": _followed(_now(State.IN_PROGRESS), ComplaintReading),
    "complaint.field_work_done.v1": _followed(_field_work_done, FieldWorkDoneSchema),
    "complaint.result_told.v1": _followed(_now(State.RESULT_TOLD, talked=True), ComplaintReading),
    "complaint.satisfaction_answered.v1": _followed(_answered, AnsweredSchema),
    "complaint.escalated.v1": _followed(_escalated, EscalatedSchema),
    "complaint.gm_meeting_requested.v1": _followed(_now(State.GM_MEETING), ComplaintReading),
    "complaint.meeting_decided.v1": _followed(_now(State.DECIDED), ComplaintReading),
    "complaint.reviewed.v1": _followed(_now(State.REVIEWED), ComplaintReading),
    "complaint.reopened.v1": _followed(_now(State.IN_PROGRESS), ComplaintReading),
    "complaint.closed.v1": _followed(_closed, ClosedSchema),
}
