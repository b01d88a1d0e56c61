"""What is shown over HTTP. Names and numbers of persons are masked (see ``reveals``)."""

from typing import Any

from marshmallow import Schema, fields

from complaint.api.forms import FormSchema, Masked
from complaint.domain.complaint import Complaint
from shared import masking
from shared.web.etags import set_version
from shared.web.schemas import AwareTime, BecauseSchema


def shown(complaint: Complaint) -> Complaint:
    """Answer with the complaint and its version as ETag."""
    set_version(complaint.version)
    return complaint


class Ordered(fields.List[Any]):
    """A set as a list that is the same each time."""

    def _serialize(self, value: Any, *args: Any, **options: Any) -> list[Any] | None:
        return super()._serialize(sorted(value), *args, **options)


class ReasonSchema(Schema):
    """Why a complaint is of a level."""

    level = fields.Integer(required=True)
    reason = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class SuggestionSchema(Schema):
    """The level by the decision table; the first reason decided."""

    level = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)


class ClockSchema(Schema):
    """A clock: when what it waits for is due and why, and when it was done.

    ``hard_due_at`` is when the first hard rule is due, where a soft one is due before it.
    """

    round = fields.Integer(required=True)
    started_at = AwareTime(required=True)
    due_at = AwareTime(required=True, attribute="deadline.due_at")
    hard_due_at = AwareTime(
        required=True, allow_none=True, attribute="hard_deadline.due_at", dump_default=None
    )
    provisional = fields.Boolean(required=True, attribute="deadline.provisional")
    hard = fields.Boolean(required=True, attribute="deadline.hard")
    because = fields.Nested(BecauseSchema, required=True, attribute="deadline.because")
    held_until = AwareTime(required=True, allow_none=True)
    stopped_at = AwareTime(required=True, allow_none=True)
    on_time = fields.Boolean(required=True, allow_none=True)
    breached_at = AwareTime(required=True, allow_none=True)


class PauseSchema(Schema):
    """A pause: why, until when at the latest, and when and by what it ended."""

    id = fields.UUID(required=True)
    reason = fields.String(required=True)
    note = fields.String(required=True)
    by = fields.UUID(required=True)
    began_at = AwareTime(required=True)
    until = AwareTime(required=True)
    ended_at = AwareTime(required=True, allow_none=True)
    ended_by = fields.String(required=True, allow_none=True)


class ProgressContactSchema(Schema):
    """The complainant was told how far his complaint is."""

    id = fields.UUID(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    method = fields.String(required=True)
    content = fields.String(required=True)
    on_time = fields.Boolean(required=True, allow_none=True)


class MessageSchema(Schema):
    """What the complainant said, and when it came to be known."""

    id = fields.UUID(required=True)
    channel = fields.String(required=True)
    received_at = AwareTime(required=True)
    content = fields.String(required=True)
    noted_at = AwareTime(required=True)
    noted_by = fields.UUID(required=True, allow_none=True)


class EmergencySchema(Schema):
    """A run of the emergency mechanism (CP-42)."""

    id = fields.UUID(required=True)
    cause = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    started_by = fields.UUID(required=True, allow_none=True)
    started_at = AwareTime(required=True)
    ended_by = fields.UUID(required=True, allow_none=True)
    ended_at = AwareTime(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class FieldWorkSchema(Schema):
    """One request for field work and how far it is."""

    id = fields.UUID(required=True)
    requested_by = fields.UUID(required=True)
    requested_at = AwareTime(required=True)
    place = fields.String(required=True, attribute="assignment.place")
    content = fields.String(required=True, attribute="assignment.content")
    requirements = fields.String(required=True, attribute="assignment.requirements")
    reply_due_at = AwareTime(required=True, attribute="assignment.reply_due_at")
    progress = fields.String(required=True)
    work_order_id = fields.UUID(required=True, allow_none=True)
    order_no = fields.String(required=True, allow_none=True)
    satisfied = fields.Boolean(required=True, allow_none=True)


class ComplaintSummarySchema(Schema):
    """A complaint as a list shows it."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    org_unit = fields.String(required=True, attribute="intake.org_unit")
    state = fields.String(required=True)
    level = fields.Integer(required=True)
    complainant = fields.String(required=True, attribute="intake.complainant")
    channel = fields.String(required=True, attribute="intake.channel")
    about = fields.String(required=True, attribute="intake.about")
    customer_id = fields.UUID(required=True, allow_none=True, attribute="intake.customer_id")
    received_at = AwareTime(required=True, attribute="intake.received_at")
    handler_id = fields.UUID(required=True)
    assigned_person_ids = fields.Function(
        lambda complaint: sorted(map(str, complaint.assigned_ids))
    )
    taken_over_at = AwareTime(required=True, allow_none=True)
    next_due_at = AwareTime(required=True, allow_none=True)
    clocks = fields.Dict(
        keys=fields.String(), values=fields.Nested(ClockSchema), required=True, attribute="timed"
    )


class ComplaintSchema(ComplaintSummarySchema):
    """A whole complaint. The last form is the one in use; ``allowed`` is what can be done next."""

    complainant_name = Masked(
        masking.name, required=True, allow_none=True, attribute="intake.complainant_name"
    )
    complainant_phone = Masked(
        masking.phone, required=True, allow_none=True, attribute="intake.complainant_phone"
    )
    reported_to_12315 = fields.Boolean(required=True, attribute="intake.reported_to_12315")
    repeat_of = fields.UUID(required=True, allow_none=True, attribute="intake.repeat_of")
    accused_customer_id = fields.UUID(
        required=True, allow_none=True, attribute="intake.accused_customer_id"
    )
    severity = fields.String(required=True, allow_none=True, attribute="intake.severity")
    suggestion = fields.Nested(SuggestionSchema, required=True)
    filed_by = fields.UUID(required=True, allow_none=True)
    filed_at = AwareTime(required=True)
    forms = fields.List(fields.Nested(FormSchema), required=True)
    field_works = fields.List(fields.Nested(FieldWorkSchema), required=True)
    contacts = fields.List(fields.Nested(ProgressContactSchema), required=True)
    messages = fields.List(fields.Nested(MessageSchema), required=True)
    pauses = fields.List(fields.Nested(PauseSchema), required=True)
    emergencies = fields.List(fields.Nested(EmergencySchema), required=True)
    allowed = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class ComplainantSchema(Schema):
    """Who complained and about whom, unmasked."""

    complainant_name = fields.String(required=True, allow_none=True)
    complainant_phone = fields.String(required=True, allow_none=True)
    agent_name = fields.String(required=True, allow_none=True)
    other_contacts = fields.String(required=True, allow_none=True)
    shop_and_persons = fields.String(required=True, allow_none=True)
    respondent_person = fields.String(required=True, allow_none=True)


class IntervalSchema(Schema):
    """A stretch of time, and why it counts or does not."""

    start = AwareTime(required=True)
    end = AwareTime(required=True)
    counts = fields.Boolean(required=True)
    reason = fields.String(required=True)


class HeldRuleSchema(Schema):
    """A rule that holds for a clock, and when its time is up."""

    within = fields.Integer(required=True)
    unit = fields.String(required=True)
    hard = fields.Boolean(required=True)
    due_at = AwareTime(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class ExplanationSchema(Schema):
    """The way of a clock from its start to its due time, without a gap, by the rule that is due
    first. ``target_seconds`` is null where whole working days are counted, or the due time was
    agreed upon; else what counts in the intervals adds up to it."""

    clock = fields.Nested(ClockSchema, required=True)
    rules = fields.List(fields.Nested(HeldRuleSchema), required=True)
    target_seconds = fields.TimeDelta(required=True, allow_none=True, attribute="target")
    counted_seconds = fields.TimeDelta(required=True, attribute="counted")
    intervals = fields.List(fields.Nested(IntervalSchema), required=True)


def complainant_of(complaint: Complaint) -> dict[str, Any]:
    """Everything that tells who complained, how he is reached, and about whom he complained."""
    details = complaint.form.details
    return {
        "complainant_name": complaint.intake.complainant_name,
        "complainant_phone": complaint.intake.complainant_phone,
        "agent_name": details.agent_name,
        "other_contacts": details.other_contacts,
        "shop_and_persons": details.shop_and_persons,
        "respondent_person": details.respondent_person,
    }
