"""As much of the events of others as notify makes use of."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load

from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.blacklist import Scope
from notify.domain.contacts import Address, Contact, ContactKind


class Reading(Schema):
    """What a schema does not name is left alone."""

    class Meta:
        unknown = EXCLUDE


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a known time zone.") from None


class OrgUnitChangedSchema(Reading):
    """A unit and its calendar."""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    calendar = fields.Dict(required=True, allow_none=True)


class AddressReading(Reading):
    """Where a channel reaches somebody."""

    channel = fields.String(required=True)
    address = fields.String(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Address:
        return Address(**data)


class BirthdayReading(Reading):
    """A day of the year."""

    calendar = fields.Enum(BirthdayCalendar, by_value=True, required=True)
    month = fields.Integer(required=True)
    day = fields.Integer(required=True)
    leap_month = fields.Boolean(load_default=False)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Birthday:
        return Birthday(**data)


class ContactErasedSchema(Reading):
    """``customer.contact_erased.v1``."""

    contact_id = fields.UUID(required=True)


class PersonContactSchema(Reading):
    """How a member of the staff is reached."""

    contact_id = fields.UUID(required=True)
    kind = fields.Enum(ContactKind, by_value=True, required=True)
    active = fields.Boolean(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    zone = fields.String(required=True, validate=_known_zone)
    addresses = fields.List(fields.Nested(AddressReading), required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Contact:
        named = {**data, "addresses": tuple(data["addresses"])}
        return Contact(id=named.pop("contact_id"), **named)


class CustomerContactSchema(PersonContactSchema):
    """How the contact of a customer is reached, and when his birthday is."""

    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    birthday = fields.Nested(BirthdayReading, required=True, allow_none=True)


class BlacklistLiftedSchema(Reading):
    """``customer.blacklist_lifted.v1``."""

    entry_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    scope = fields.Enum(Scope, by_value=True, required=True)
    unit = fields.String(required=True, allow_none=True)


class BlacklistedSchema(BlacklistLiftedSchema):
    """``customer.blacklisted.v1``."""

    org_unit = fields.String(required=True)
    customer_number = fields.String(load_default=None)
    told_ids = fields.List(fields.UUID(), required=True)
    valid_until = fields.Date(required=True, allow_none=True)


class VisitSchema(Reading):
    """``customer.visit_due.v1``."""

    visit_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    visitor_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)


class OverdueVisitSchema(VisitSchema):
    """``customer.visit_overdue.v1``."""

    supervisor_id = fields.UUID(required=True, allow_none=True)


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


class ClockDueSoonSchema(Reading):
    """``complaint.clock_due_soon.v1``."""

    kind = fields.String(required=True)
    case_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    clock = fields.String(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)
    due_at = fields.AwareDateTime(required=True)


class ClockBreachedSchema(ClockDueSoonSchema):
    """``complaint.clock_breached.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class SubTaskReading(Reading):
    """What every event of a sub-task says."""

    kind = fields.String(required=True)
    case_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    sub_task_id = fields.UUID(required=True)
    department = fields.String(required=True)
    handler_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)


class SubTaskChangedSchema(SubTaskReading):
    """``complaint.sub_task_changed.v1``."""

    step = fields.String(required=True)


class SubTaskOverdueSchema(SubTaskReading):
    """``complaint.sub_task_overdue.v1``."""

    missed = fields.String(required=True)
    supervisor_ids = fields.List(fields.UUID(), required=True)


class ActionOpenedSchema(Reading):
    """``complaint.corrective_action_opened.v1``."""

    action_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    kind = fields.String(required=True)
    source = fields.String(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True)


class ActionOverdueSchema(ActionOpenedSchema):
    """``complaint.corrective_action_overdue.v1``."""

    supervisor_ids = fields.List(fields.UUID(), required=True)


class GmMeetingSchema(ComplaintReading):
    """``complaint.gm_meeting_requested.v1``."""

    secretary_ids = fields.List(fields.UUID(), required=True)


class PenaltyReading(Reading):
    """What the events of a penalty say that matters here."""

    penalty_id = fields.UUID(required=True)
    about = fields.String(required=True)
    org_unit = fields.String(required=True)
    person_id = fields.UUID(required=True)
    code = fields.String(required=True)


class PenaltyProposedSchema(PenaltyReading):
    """``complaint.penalty_proposed.v1``."""

    occurred_on = fields.Date(required=True)


class PenaltyPostedSchema(PenaltyReading):
    """``complaint.penalty_posted.v1``."""

    amount = fields.String(required=True)
    month = fields.String(required=True)


class WeeklyReportSchema(Reading):
    """``complaint.weekly_report_generated.v1``."""

    org_unit = fields.String(required=True)
    week = fields.String(required=True)
    revision = fields.Integer(required=True)
    told_ids = fields.List(fields.UUID(), required=True)


class WorkOrderReading(Reading):
    """What the events of a work order say that matter here."""

    work_order_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    dispatcher_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    reply_due_at = fields.AwareDateTime(required=True)


class WorkOrderOpenedSchema(WorkOrderReading):
    """``dispatch.work_order_opened.v1``."""

    source = fields.String(required=True)


class WorkOrderIssuedSchema(WorkOrderReading):
    """``dispatch.work_order_issued.v1``."""

    order_no = fields.String(required=True)
    receiver_id = fields.UUID(required=True)


# The events of the catalogue of which nothing is kept.
NOTABLE: Mapping[str, type[Reading]] = {
    "customer.visit_due.v1": VisitSchema,
    "customer.visit_overdue.v1": OverdueVisitSchema,
    "complaint.assigned.v1": AssignedSchema,
    "complaint.first_contact_due_soon.v1": DueSoonSchema,
    "complaint.first_contact_breached.v1": MissedSchema,
    "complaint.progress_due.v1": DueSoonSchema,
    "complaint.progress_overdue.v1": MissedSchema,
    "complaint.message_received.v1": MessageReceivedSchema,
    "complaint.clock_due_soon.v1": ClockDueSoonSchema,
    "complaint.clock_breached.v1": ClockBreachedSchema,
    "complaint.sub_task_opened.v1": SubTaskReading,
    "complaint.sub_task_changed.v1": SubTaskChangedSchema,
    "complaint.sub_task_due_soon.v1": SubTaskReading,
    "complaint.sub_task_overdue.v1": SubTaskOverdueSchema,
    "complaint.corrective_action_opened.v1": ActionOpenedSchema,
    "complaint.corrective_action_overdue.v1": ActionOverdueSchema,
    "complaint.gm_meeting_requested.v1": GmMeetingSchema,
    "complaint.penalty_proposed.v1": PenaltyProposedSchema,
    "complaint.penalty_posted.v1": PenaltyPostedSchema,
    "complaint.weekly_report_generated.v1": WeeklyReportSchema,
    "dispatch.work_order_opened.v1": WorkOrderOpenedSchema,
    "dispatch.work_order_issued.v1": WorkOrderIssuedSchema,
}
