"""How a complaint handling form (F-01) is shown over HTTP."""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields

from shared import masking
from shared.web.schemas import AwareTime, BecauseSchema


class Masked(fields.String):
    """Text that only its owner recognises."""

    def __init__(self, mask: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._mask = mask

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return self._mask(value) if value else None


class ShownDetailsSchema(Schema):
    """Details of the form; what identifies a person is masked."""

    reason = fields.String(required=True, allow_none=True)
    course = fields.String(required=True, allow_none=True)
    cause = fields.String(required=True, allow_none=True)
    cause_code = fields.String(required=True, allow_none=True)
    occurred_at = AwareTime(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    shop_and_persons = Masked(masking.name, required=True, allow_none=True)
    product = fields.String(required=True, allow_none=True)
    product_code = fields.String(required=True, allow_none=True)
    sales_order = fields.String(required=True, allow_none=True)
    agent_name = Masked(masking.name, required=True, allow_none=True)
    agent_relation = fields.String(required=True, allow_none=True)
    respondent_department = fields.String(required=True, allow_none=True)
    respondent_person = Masked(masking.name, required=True, allow_none=True)


class ActionPlanSchema(Schema):
    """What will be done, who sees to it, until when, and who planned it (CP-43)."""

    measures = fields.String(required=True)
    owner_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class ToldSchema(Schema):
    """The result as it was told."""

    result = fields.String(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)


class AnswerSchema(Schema):
    """The complainant's answer. ``code`` has a meaning only together with ``scale``."""

    scale = fields.String(required=True)
    code = fields.Integer(required=True)
    normalised = fields.Integer(required=True)
    accepted = fields.Boolean(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    asked_by = fields.UUID(required=True)
    asked_at = AwareTime(required=True)
    method = fields.String(required=True)
    evidence = fields.String(required=True)


class ShownReviewSchema(Schema):
    """What the reviewer said."""

    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    opinion = fields.String(required=True)


class DecisionSchema(Schema):
    """What the meeting decided."""

    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    text = fields.String(required=True)


class FormSchema(Schema):
    """One complaint handling form (F-01)."""

    id = fields.UUID(required=True)
    form_no = fields.String(required=True)
    previous_form_id = fields.UUID(required=True, allow_none=True)
    opened_at = AwareTime(required=True)
    level = fields.Integer(required=True)
    tier = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    details = fields.Nested(ShownDetailsSchema, required=True)
    raise_reason = fields.String(required=True, allow_none=True)
    contacted_by = fields.UUID(required=True, allow_none=True)
    plan = fields.Nested(ActionPlanSchema, required=True, allow_none=True)
    told = fields.Nested(ToldSchema, required=True, allow_none=True)
    answer = fields.Nested(AnswerSchema, required=True, allow_none=True)
    review = fields.Nested(ShownReviewSchema, required=True, allow_none=True)
    decision = fields.Nested(DecisionSchema, required=True, allow_none=True)
    archived_by = fields.UUID(required=True, allow_none=True)
    archived_at = AwareTime(required=True, allow_none=True)
