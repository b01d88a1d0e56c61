"""What goes over HTTP about work orders: requests and answers."""

from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from dispatch.domain.deadlines import Awaited
from dispatch.domain.signatures import Signed
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import Source, State
from shared import masking
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

TEXT = Length(max=4000)
REASON = [Length(1, 500), Regexp(r"(?s).*\S")]


class SignatureSchema(RequestSchema):
    """The typed name and, where one was drawn, the SHA-256 of the image (64 hex digits)."""

    name = fields.String(required=True, validate=Regexp(r"(?=.*\S).{1,80}\Z"))
    image_sha256 = fields.String(
        load_default=None, allow_none=True, validate=Regexp(r"[0-9a-f]{64}\Z")
    )

    @post_load
    def signed(self, data: dict[str, Any], **_: Any) -> Signed:
        return Signed(**data)


class ClientSignatureSchema(SignatureSchema):
    """The same of the person served; ``photograph_id`` is that of the paper that was signed."""

    photograph_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def one_image(self, data: dict[str, Any], **_: Any) -> None:
        if data["photograph_id"] and data["image_sha256"]:
            raise ValidationError("The photograph has its own.", "image_sha256")


class DraftWorkOrderSchema(RequestSchema):
    """A new order. What is still blank can be filled in until the order is issued;
    ``reply_due_at`` may be left out where the category has a response time (WO-25)."""

    category = fields.String(allow_none=True, validate=Length(1, 80))
    place = fields.String(allow_none=True, validate=Length(max=300))
    content = fields.String(allow_none=True, validate=TEXT)
    requirements = fields.String(allow_none=True, validate=TEXT)
    reply_due_at = AwareTime()
    receiver_id = fields.UUID(allow_none=True)
    complaint_id = fields.UUID(allow_none=True)
    customer_id = fields.UUID(allow_none=True)


class ReviseWorkOrderSchema(DraftWorkOrderSchema):
    """What is to be different in a draft; a field that is left out stays."""

    class Meta:
        exclude = ("complaint_id", "customer_id")

    @validates_schema
    def something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")


class IssueWorkOrderSchema(RequestSchema):
    """What the order holds was drafted before; ``from_paper`` says that it was written on paper, so
    that what is blank on it is counted. One from paper may name the page of a book of its unit, by
    which it has its number."""

    from_paper = fields.Boolean(load_default=False)
    book_no = fields.String(load_default=None, allow_none=True, validate=Length(1, 12))
    page_no = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=Range(1, 999_999)
    )

    @validates_schema
    def page(self, data: dict[str, Any], **_: Any) -> None:
        named = [data["book_no"] is not None, data["page_no"] is not None]
        if any(named) and not (all(named) and data["from_paper"]):
            raise ValidationError("Book and page go together, and with paper alone.", "page_no")


class ReassignWorkOrderSchema(RequestSchema):
    """Who is to carry the order out instead, and why (the timeline keeps it)."""

    receiver_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=REASON)


class AcceptWorkOrderSchema(RequestSchema):
    """The receiver's signature."""

    signature = fields.Nested(SignatureSchema, required=True)


class CompleteWorkOrderSchema(RequestSchema):
    """How the work went and what came of it, approved by the person served. Both may be left out
    where he signed by the link."""

    remarks = fields.String(load_default=None, allow_none=True, validate=TEXT)
    client_signature = fields.Nested(ClientSignatureSchema, load_default=None, allow_none=True)


class CallBackSchema(RequestSchema):
    """What the client said; ``method`` is how he was reached (``telephone``)."""

    method = fields.String(required=True, validate=Length(1, 40))
    satisfied = fields.Boolean(required=True)
    result = fields.String(required=True, validate=[Length(1, 2000), Regexp(r"(?s).*\S")])


class SignWorkOrderSchema(RequestSchema):
    """The dispatcher's signature."""

    signature = fields.Nested(SignatureSchema, required=True)


class ArchiveWorkOrderSchema(RequestSchema):
    """Nothing but the command."""


class Order(StrEnum):
    """How orders are listed: as they were opened, or as the work is arranged."""

    OPENED = "opened"
    QUEUE = "queue"


class WorkOrderArgs(PageArgs):
    """Which orders to list; ``receiver`` and ``dispatcher`` take ``me`` alone, and the ``queue``
    leaves out what is archived."""

    state = fields.Enum(State, by_value=True, load_default=None)
    receiver = fields.String(load_default=None, validate=OneOf(["me"]))
    dispatcher = fields.String(load_default=None, validate=OneOf(["me"]))
    complaint_id = fields.UUID(load_default=None)
    order = fields.Enum(Order, by_value=True, load_default=Order.OPENED)


class ShownSignatureSchema(Schema):
    """Who signed, and the SHA-256 of the exact text that was signed."""

    name = fields.String(required=True)
    image_sha256 = fields.String(required=True, allow_none=True)
    digest = fields.String(required=True)
    at = AwareTime(required=True)


class ShownClientSignatureSchema(ShownSignatureSchema):
    """The same of the person served, who is no colleague: the name is masked."""

    name = fields.Function(lambda signature: masking.name(signature.name))  # type: ignore[assignment]


class ShownCallBackSchema(Schema):
    """What the client said when called back."""

    at = AwareTime(required=True)
    by = fields.UUID(required=True)
    method = fields.String(required=True)
    satisfied = fields.Boolean(required=True)
    result = fields.String(required=True)


class ShownProgressSchema(Schema):
    """How far the work was, as the receiver told it; ``on_time``: by the reply deadline."""

    at = AwareTime(required=True)
    by = fields.UUID(required=True)
    text = fields.String(required=True)
    percent = fields.Integer(required=True, allow_none=True)
    expected_at = AwareTime(required=True)
    on_time = fields.Boolean(required=True)


class ShownUnableSchema(Schema):
    """Why the receiver cannot carry the order out, and what was decided on it."""

    at = AwareTime(required=True)
    by = fields.UUID(required=True)
    reason = fields.String(required=True)
    decision = fields.Enum(Decision, by_value=True, required=True, allow_none=True)
    decided_by = fields.UUID(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    decision_reason = fields.String(required=True, allow_none=True)


class PreferenceSchema(Schema):
    """How the customer stands where the work was asked for (CL-28, CL-29, WO-24); ``grade`` is the
    priority that his best grade gives him, the smaller the sooner."""

    key_account = fields.Boolean(required=True)
    grade = fields.Integer(required=True, allow_none=True)


class ReasonSchema(Schema):
    """What a criterion found of somebody: his role, the skills that the work needs, whether he is
    on duty (``unknown`` where his unit keeps no shifts), how many levels up his area begins (0: in
    the unit or below it), or how many orders he has in hand."""

    criterion = fields.String(required=True)
    value = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class AssignmentSchema(Schema):
    """Who made the receiver receive (``by``; null: at once, by the service) and why: for
    ``reasons``, or by hand for a ``reason``."""

    at = AwareTime(required=True)
    by = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)


class WorkOrderSchema(Schema):
    """A work order (F-02)."""

    work_order_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    source = fields.Enum(Source, by_value=True, required=True)
    state = fields.Enum(State, by_value=True, required=True)
    order_no = fields.String(required=True, allow_none=True)
    book_no = fields.String(required=True, allow_none=True)
    page_no = fields.Integer(required=True, allow_none=True)
    category = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    content = fields.String(required=True, allow_none=True)
    requirements = fields.String(required=True, allow_none=True)
    reply_due_at = AwareTime(required=True)
    dispatcher_id = fields.UUID(required=True, allow_none=True)
    receiver_id = fields.UUID(required=True, allow_none=True)
    complaint_id = fields.UUID(required=True, allow_none=True)
    request_id = fields.UUID(required=True, allow_none=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    asking_unit = fields.String(required=True, allow_none=True)
    opened_at = AwareTime(required=True)
    issued_at = AwareTime(required=True, allow_none=True)
    accepted_at = AwareTime(required=True, allow_none=True)
    acceptance = fields.Nested(ShownSignatureSchema, required=True, allow_none=True)
    remarks = fields.String(required=True, allow_none=True)
    client_signature = fields.Nested(ShownClientSignatureSchema, required=True, allow_none=True)
    completed_at = AwareTime(required=True, allow_none=True)
    call_back = fields.Nested(
        ShownCallBackSchema, required=True, allow_none=True, attribute="call_back_made"
    )
    dispatcher_signature = fields.Nested(ShownSignatureSchema, required=True, allow_none=True)
    signed_by = fields.UUID(required=True, allow_none=True)
    archived_by = fields.UUID(required=True, allow_none=True)
    archived_at = AwareTime(required=True, allow_none=True)
    progress_reports = fields.List(fields.Nested(ShownProgressSchema), required=True)
    unable_report = fields.Nested(ShownUnableSchema, required=True, allow_none=True)
    decider_id = fields.UUID(required=True, allow_none=True)
    cancelled_by = fields.UUID(required=True, allow_none=True)
    cancelled_at = AwareTime(required=True, allow_none=True)
    from_paper = fields.Boolean(required=True)
    awaited = fields.Enum(Awaited, by_value=True, required=True, allow_none=True)
    next_due_at = AwareTime(required=True, allow_none=True)
    overdue_at = AwareTime(required=True, allow_none=True)
    preference = fields.Nested(PreferenceSchema, required=True)
    assigned_because = fields.Nested(AssignmentSchema, required=True, allow_none=True)
    reply_due_because = fields.Nested(BecauseSchema, required=True, allow_none=True)
