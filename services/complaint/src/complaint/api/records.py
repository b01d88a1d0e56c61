"""What was found out and done in a complaint, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from complaint.adapters.complaints import Complaints
from complaint.api.access import NAMED, READERS, caller
from complaint.api.forms import Masked
from complaint.api.requests import LONG, text
from complaint.domain.complaint import Complaint
from complaint.domain.handling_records import (
    Compensation,
    CompensationType,
    HandlingRecord,
    HandlingStage,
    ProcessExplanation,
    ProcessStep,
)
from complaint.use_cases import records
from shared import masking
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.schemas import AwareTime, RequestSchema

blp = Blueprint("records", __name__, description="What was found out and done")
MANY = 50


class CompensationSchema(RequestSchema):
    """What the customer gets, in CNY with at most two decimals (CP-48)."""

    type = fields.Enum(CompensationType, by_value=True, required=True)
    amount = fields.Decimal(required=True, as_string=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Compensation:
        return Compensation(data["type"], data["amount"])


class RecordStepSchema(RequestSchema):
    """Which step, what was found or done, which persons it concerns, and to which department the
    material passed (CP-03, CP-54)."""

    step = fields.Enum(HandlingStage, by_value=True, required=True)
    content = text(LONG, required=True)
    person_ids = fields.List(fields.UUID(), validate=Length(max=MANY))
    department = text(60)
    compensation = fields.Nested(CompensationSchema)


class ProcessStepSchema(RequestSchema):
    """A step of the way ahead, and about how many hours it takes."""

    step = fields.Enum(HandlingStage, by_value=True, required=True)
    hours = fields.Integer(strict=True, required=True, validate=Range(min=1, max=9999))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ProcessStep:
        return ProcessStep(data["step"], data["hours"])


class ExplainProcessSchema(RequestSchema):
    """What the complainant was told of the way ahead, and how he reaches the handler (CP-24)."""

    outline = text(LONG, required=True)
    steps = fields.List(
        fields.Nested(ProcessStepSchema), required=True, validate=Length(min=1, max=MANY)
    )
    contact = text(200, required=True)


class ShownCompensationSchema(Schema):
    """What the customer gets, in CNY."""

    type = fields.String(required=True)
    amount = fields.Decimal(places=2, required=True, as_string=True)


class RecordSchema(Schema):
    """One record of the handling."""

    id = fields.UUID(required=True)
    step = fields.String(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    content = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True)
    department = fields.String(required=True, allow_none=True)
    compensation = fields.Nested(ShownCompensationSchema, required=True, allow_none=True)


class ShownProcessStepSchema(Schema):
    """A step and about how many hours it takes."""

    step = fields.String(required=True)
    hours = fields.Integer(required=True)


class ProcessExplanationSchema(Schema):
    """What the complainant was told of the way ahead; how he reaches the handler is masked."""

    id = fields.UUID(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    outline = fields.String(required=True)
    steps = fields.List(fields.Nested(ShownProcessStepSchema), required=True)
    contact = Masked(masking.phone, required=True)


class HandlingSchema(Schema):
    """Everything that was recorded of the handling of a complaint."""

    records = fields.List(fields.Nested(RecordSchema), required=True)
    explanations = fields.List(fields.Nested(ProcessExplanationSchema), required=True)


@blp.get("/v1/complaints/<uuid:complaint_id>/handling-records")
@allow(*READERS)
@query
@blp.response(200, HandlingSchema)
def get_handling(complaint_id: UUID) -> Complaint:
    """What was found out and done, and what the complainant was told of the way ahead."""
    return Complaints(session()).get(complaint_id, unit=principal().unit)


@blp.post("/v1/complaints/<uuid:complaint_id>/handling-records")
@allow(*NAMED)
@command
@blp.arguments(RecordStepSchema)
@blp.response(201, RecordSchema)
def record_step(asked: dict[str, Any], complaint_id: UUID) -> HandlingRecord:
    """Write down a step of the handling."""
    return records.record_step(tx(), complaint_id, by=caller(), **asked)


@blp.post("/v1/complaints/<uuid:complaint_id>/process-explanations")
@allow(*NAMED)
@command
@blp.arguments(ExplainProcessSchema)
@blp.response(201, ProcessExplanationSchema)
def explain_process(asked: dict[str, Any], complaint_id: UUID) -> ProcessExplanation:
    """The complainant was told what will happen, and how he reaches the handler."""
    return records.explain_process(tx(), complaint_id, by=caller(), **asked)
