"""Complaints and other cases, as complaint tells of them."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_load

from notify.consumers.readings.reading import Reading


class ComplaintReading(Reading):
    """What every event of a complaint says."""

    complaint_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)


class AssignedSchema(ComplaintReading):
    """``complaint.assigned.v1``."""

    form_id = fields.UUID(required=True)
    level = fields.Integer(required=True)
    tier = fields.Integer(required=True)
    person_ids = fields.List(fields.UUID(), required=True)
    reason = fields.String(required=True)


class ReportedToLeaderSchema(ComplaintReading):
    """``complaint.reported_to_leader.v1``."""

    leader_id = fields.UUID(required=True)


class EmergencySchema(ComplaintReading):
    """``complaint.emergency_ended.v1``."""

    emergency_id = fields.UUID(required=True)
    told_ids = fields.List(fields.UUID(), required=True)


class EmergencyStartedSchema(EmergencySchema):
    """``complaint.emergency_started.v1``."""

    cause = fields.String(required=True)


class ActionPlannedSchema(ComplaintReading):
    """``complaint.action_planned.v1``."""

    form_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)


class DueSoonSchema(ComplaintReading):
    """``complaint.first_contact_due_soon.v1`` and ``complaint.progress_due.v1``."""

    handler_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)


class MissedSchema(DueSoonSchema):
    """``complaint.first_contact_breached.v1`` and ``complaint.progress_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class MessageReceivedSchema(ComplaintReading):
    """``complaint.message_received.v1``."""

    message_id = fields.UUID(required=True)
    handler_id = fields.UUID(required=True)


class FieldWorkCancelledSchema(ComplaintReading):
    """``complaint.field_work_cancelled.v1``."""

    kind = fields.String(required=True)
    work_order_id = fields.UUID(required=True)
    handler_id = fields.UUID(required=True)


class CaseReading(Reading):
    """Which case of any kind an event is about."""

    kind = fields.String(required=True)
    case_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)


class ClockDueSoonSchema(CaseReading):
    """``complaint.clock_due_soon.v1``."""

    clock = fields.String(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)
    due_at = fields.AwareDateTime(required=True)


class ClockBreachedSchema(ClockDueSoonSchema):
    """``complaint.clock_breached.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class CaseAssignedSchema(CaseReading):
    """``complaint.case_assigned.v1``."""

    stage = fields.String(required=True)
    handler_id = fields.UUID(required=True)
    person_ids = fields.List(fields.UUID(), required=True)


class StepReading(Reading):
    """A step of the way ahead, and about how many hours it takes."""

    step = fields.String(required=True)
    hours = fields.Integer(required=True)


class CaseNewsSchema(CaseReading):
    """``complaint.case_news_arose.v1``: its customer is told, who is known by the case."""

    case_contact = fields.UUID(required=True, data_key="case_id", load_only=True)
    number = fields.String(required=True)
    news = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.Nested(StepReading), required=True)
    reach = fields.String(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    handler_name = fields.UUID(required=True, data_key="handler_id", load_only=True)
    handler_mail = fields.UUID(required=True, data_key="handler_id", load_only=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        steps = ",".join(f"{one['step']}={one['hours']}" for one in data["steps"])
        return {**data, "steps": steps or None}


class CallNeededSchema(CaseReading):
    """``complaint.customer_call_needed.v1``."""

    handler_id = fields.UUID(required=True)
    message_kind = fields.String(required=True)
    reason = fields.String(required=True)
    occasion = fields.String(required=True)


class GmMeetingSchema(ComplaintReading):
    """``complaint.gm_meeting_requested.v1``."""

    secretary_ids = fields.List(fields.UUID(), required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "complaint.assigned.v1": AssignedSchema,
    "complaint.reported_to_leader.v1": ReportedToLeaderSchema,
    "complaint.emergency_started.v1": EmergencyStartedSchema,
    "complaint.emergency_ended.v1": EmergencySchema,
    "complaint.action_planned.v1": ActionPlannedSchema,
    "complaint.first_contact_due_soon.v1": DueSoonSchema,
    "complaint.first_contact_breached.v1": MissedSchema,
    "complaint.progress_due.v1": DueSoonSchema,
    "complaint.progress_overdue.v1": MissedSchema,
    "complaint.message_received.v1": MessageReceivedSchema,
    "complaint.field_work_cancelled.v1": FieldWorkCancelledSchema,
    "complaint.clock_due_soon.v1": ClockDueSoonSchema,
    "complaint.clock_breached.v1": ClockBreachedSchema,
    "complaint.case_assigned.v1": CaseAssignedSchema,
    "complaint.case_news_arose.v1": CaseNewsSchema,
    "complaint.customer_call_needed.v1": CallNeededSchema,
    "complaint.gm_meeting_requested.v1": GmMeetingSchema,
}
