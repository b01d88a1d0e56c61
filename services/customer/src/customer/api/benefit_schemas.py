"""What goes over HTTP about benefits of partners: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from customer.api.grading_schemas import code, codes
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.benefit_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_EVIDENCE = 20


class EvidenceArgSchema(RequestSchema):
    """What shows that the partner was outstanding in one thing, and on which local date."""

    criterion = code(required=True)
    text = prose(limits.REASON, required=True)
    seen_on = fields.Date(required=True)


class ProposeBenefitSchema(RequestSchema):
    """A benefit in a unit: per cent off the fee, better services, and what speaks for it."""

    unit = line(limits.UNIT, required=True)
    discount = fields.Integer(load_default=0, strict=True, validate=Range(0, 100))
    services = codes()
    evidence = fields.List(
        fields.Nested(EvidenceArgSchema), required=True, validate=Length(1, MOST_EVIDENCE)
    )


class EndBenefitSchema(RequestSchema):
    """Why a proposal is rejected, or a benefit taken back."""

    reason = prose(limits.REASON, required=True)


class BenefitArgs(PageArgs):
    """Which benefits to list."""

    customer_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class EvidenceSchema(Schema):
    """What spoke for a benefit."""

    criterion = fields.String(required=True)
    text = fields.String(required=True)
    seen_on = fields.Date(required=True)


class GrantedBenefitSchema(Schema):
    """What a partner is given, without what it was decided by."""

    benefit_id = fields.UUID(required=True, attribute="id")
    unit = fields.String(required=True, attribute="org_unit")
    discount = fields.Integer(required=True)
    services = fields.List(fields.String(), required=True)
    valid_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class BenefitSchema(GrantedBenefitSchema):
    """A benefit as far as it has come. ``rank`` is that of the ranking of ``year``."""

    customer_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    state = fields.Enum(State, by_value=True, required=True)
    proposed_by = fields.String(required=True)
    proposed_at = AwareTime(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
