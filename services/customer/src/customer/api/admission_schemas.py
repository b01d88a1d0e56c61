"""What goes over HTTP about admission and entry: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Regexp

from customer.api.policies.forms import CODE
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.admission_conditions import Verdict, Why
from customer.domain.admission_states import State
from customer.domain.gates import Gate, Purpose
from customer.domain.memberships import Standing
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_PRODUCTS = 50
MOST_ASSESSMENTS = 200
PRODUCT = 60


class OpenAdmissionSchema(RequestSchema):
    """To which unit, and which product lines the customer wants to trade there."""

    unit = line(limits.UNIT, required=True)
    products = fields.List(
        fields.String(validate=Regexp(CODE)), load_default=list, validate=Length(max=MOST_PRODUCTS)
    )


class TakeStepSchema(RequestSchema):
    """The step before the review that was done, and what came of it."""

    step = fields.String(required=True, validate=Regexp(CODE))
    finding = prose(limits.REPORT, required=True)


class AssessmentArgSchema(RequestSchema):
    """What was found of one condition; ``product`` where it is asked for each product line."""

    condition = fields.String(required=True, validate=Regexp(CODE))
    product = fields.String(load_default="", validate=Length(max=PRODUCT))
    verdict = fields.Enum(Verdict, by_value=True, required=True)


class AssessSchema(RequestSchema):
    """What was found; of each condition and product line once."""

    assessments = fields.List(
        fields.Nested(AssessmentArgSchema), required=True, validate=Length(1, MOST_ASSESSMENTS)
    )

    @validates_schema
    def _once(self, data: dict[str, Any], **_: Any) -> None:
        about = [(one["condition"], one["product"]) for one in data["assessments"]]
        if len(set(about)) < len(about):
            raise ValidationError("A condition is assessed twice.", "assessments")


class DecideSchema(RequestSchema):
    """Nothing: the service holds assessments and documents against the conditions."""


class StepSchema(Schema):
    """A step that was done."""

    step = fields.String(required=True)
    finding = fields.String(required=True)
    taken_by = fields.UUID(required=True)
    taken_on = fields.Date(required=True)


class AssessmentSchema(Schema):
    """The latest finding on a condition."""

    condition = fields.String(required=True)
    product = fields.String(required=True)
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    assessed_by = fields.UUID(required=True)
    assessed_on = fields.Date(required=True)


class MissingSchema(Schema):
    """A condition that was not met; ``evidence`` are the kinds of documents that did not hold."""

    condition = fields.String(required=True)
    product = fields.String(required=True)
    why = fields.Enum(Why, by_value=True, required=True)
    evidence = fields.List(fields.String(), required=True)
    because = fields.Nested(BecauseSchema, required=True)


class AdmissionSchema(Schema):
    """The way of a customer into a unit."""

    admission_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    products = fields.List(fields.String(), required=True)
    opened_at = AwareTime(required=True)
    opened_by = fields.UUID(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    assessments = fields.List(fields.Nested(AssessmentSchema), required=True)
    missing = fields.List(fields.Nested(MissingSchema), required=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    decided_by = fields.UUID(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)


class EnterCustomerSchema(RequestSchema):
    """Into which customer base, and who is the full-time owner there."""

    unit = line(limits.UNIT, required=True)
    owner_id = fields.UUID(required=True)


class StandingSchema(Schema):
    """How a customer stands in the customer base of a unit."""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    since = AwareTime(required=True)


class GateArgs(Schema):
    """For which unit, and for what."""

    unit = fields.String(required=True, validate=Length(1, limits.UNIT))
    purpose = fields.Enum(Purpose, by_value=True, required=True)


class PassageSchema(Schema):
    """Whether one gate is open; ``code`` is the code of the refusal that it would mean."""

    gate = fields.Enum(Gate, by_value=True, required=True)
    open = fields.Boolean(required=True)
    code = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)


class GatesSchema(Schema):
    """Every gate before a purpose, in the order in which they are passed."""

    open = fields.Boolean(required=True)
    gates = fields.List(fields.Nested(PassageSchema), required=True)
