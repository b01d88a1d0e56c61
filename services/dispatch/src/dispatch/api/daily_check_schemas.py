"""What goes over HTTP about daily checks and hand-overs: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, Regexp

from dispatch.api.work_order_schemas import ShownSignatureSchema, SignatureSchema
from dispatch.domain.daily_checks import Answer
from dispatch.domain.handovers import State, Why
from dispatch.domain.work_order_states import State as OrderState
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

WORDS = [Length(1, 1000), Regexp(r"(?s).*\S")]
DIGEST = Regexp(r"[0-9a-f]{64}\Z")
MOST = 200  # Answers in one request.


class GiveReasonSchema(RequestSchema):
    """Why an order is open, and what is to be done with it."""

    reason = fields.String(required=True, validate=WORDS)
    instruction = fields.String(required=True, validate=WORDS)

    @post_load
    def answer(self, data: dict[str, Any], **_: Any) -> Answer:
        return Answer(**data)


class OneReasonSchema(RequestSchema):
    """The same for one of many orders."""

    work_order_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=WORDS)
    instruction = fields.String(required=True, validate=WORDS)


class GiveReasonsSchema(RequestSchema):
    """Reasons and instructions of many orders, each named once."""

    answers = fields.List(fields.Nested(OneReasonSchema), required=True, validate=Length(1, MOST))

    @post_load
    def by_order(self, data: dict[str, Any], **_: Any) -> dict[Any, Answer]:
        given = {
            one["work_order_id"]: Answer(reason=one["reason"], instruction=one["instruction"])
            for one in data["answers"]
        }
        if len(given) < len(data["answers"]):
            raise ValidationError("An order stands here twice.", "answers")
        return given


class ProposeHandoverSchema(RequestSchema):
    """The outgoing dispatcher's signature. ``digest`` is that of the list as he has seen it, where
    he wants to sign no other; ``to_id`` who is to receive it."""

    signature = fields.Nested(SignatureSchema, required=True)
    digest = fields.String(load_default=None, allow_none=True, validate=DIGEST)
    to_id = fields.UUID(load_default=None, allow_none=True)


class SignHandoverSchema(RequestSchema):
    """The incoming dispatcher's signature, under the list of that digest."""

    signature = fields.Nested(SignatureSchema, required=True)
    digest = fields.String(required=True, validate=DIGEST)


class AnsweredSchema(Schema):
    """What became of one answer; ``code`` says what was wrong with it, and is null otherwise."""

    work_order_id = fields.UUID(required=True)
    code = fields.String(required=True, allow_none=True)


class AnswersSchema(Schema):
    """What became of each answer, in the order of the request."""

    answers = fields.List(fields.Nested(AnsweredSchema), required=True)


class EntrySchema(Schema):
    """An order as it stood when the list was made, or, not ``listed``, when it was added; and why
    it is open. ``days_open`` are local days since it was opened."""

    work_order_id = fields.UUID(required=True)
    order_no = fields.String(required=True, allow_none=True)
    state = fields.Enum(OrderState, by_value=True, required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    dispatcher_id = fields.UUID(required=True, allow_none=True)
    receiver_id = fields.UUID(required=True, allow_none=True)
    due_at = AwareTime(required=True)
    overdue = fields.Boolean(required=True)
    days_open = fields.Integer(required=True)
    listed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    instruction = fields.String(required=True, allow_none=True)
    answered_by = fields.UUID(required=True, allow_none=True)
    answered_at = AwareTime(required=True, allow_none=True)


class DailyCheckSchema(Schema):
    """A list in figures (RP-03). ``opened`` and ``completed`` count the orders of its day so far,
    the others what stands on it; ``late`` was made when the shift had ended."""

    daily_check_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    day = fields.Date(required=True)
    shift = fields.String(required=True, allow_none=True, attribute="shift_code")
    ends_at = AwareTime(required=True)
    made_at = AwareTime(required=True)
    late = fields.Boolean(required=True)
    opened = fields.Integer(required=True)
    completed = fields.Integer(required=True)
    open = fields.Integer(required=True)
    by_state = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    overdue = fields.Integer(required=True)
    carried_over = fields.Integer(required=True)
    handed_over_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class LineSchema(Schema):
    """What is signed of one order."""

    work_order_id = fields.UUID(required=True)
    text = fields.String(required=True)


class HandoverSchema(Schema):
    """A hand-over. The ``digest`` that both sign is the SHA-256 of the texts of the ``lines``, one
    a line (joined by a line feed, in UTF-8)."""

    handover_id = fields.UUID(required=True, attribute="id")
    daily_check_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    from_id = fields.UUID(required=True)
    to_id = fields.UUID(required=True, allow_none=True)
    proposed_at = AwareTime(required=True)
    digest = fields.String(required=True)
    lines = fields.List(fields.Nested(LineSchema), required=True)
    outgoing = fields.Nested(ShownSignatureSchema, required=True)
    incoming = fields.Nested(ShownSignatureSchema, required=True, allow_none=True)
    voided_at = AwareTime(required=True, allow_none=True)
    void_reason = fields.Enum(Why, by_value=True, required=True, allow_none=True)
    differing = fields.List(fields.UUID(), required=True)
    because = fields.Nested(BecauseSchema, required=True)


class WholeCheckSchema(DailyCheckSchema):
    """A list with what stands on it; ``unanswered`` are the orders that still need a reason."""

    entries = fields.List(fields.Nested(EntrySchema), required=True)
    unanswered = fields.List(fields.UUID(), required=True)


class UnitHandoverSchema(Schema):
    """What the next shift sees first: the last list of a unit, and its last hand-over that is not
    void; null where there is none yet."""

    daily_check = fields.Nested(WholeCheckSchema, required=True, allow_none=True)
    handover = fields.Nested(HandoverSchema, required=True, allow_none=True)
