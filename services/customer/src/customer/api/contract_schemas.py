"""What goes over HTTP about negotiations and contracts: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Regexp

from customer.api.admission_schemas import MOST_PRODUCTS
from customer.api.policies.forms import CODE
from customer.api.texts import formed, line, prose
from customer.domain import limits
from customer.domain.contract_states import State
from shared.web.schemas import AwareTime, RequestSchema

SUBJECT = 200


class OpenNegotiationSchema(RequestSchema):
    """Which unit negotiates what, and on which day the cooperation is expected to begin."""

    unit = line(limits.UNIT, required=True)
    subject = line(SUBJECT, required=True)
    expected_on = fields.Date(required=True)


class NegotiationSchema(Schema):
    """A cooperation that is talked about."""

    negotiation_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    subject = fields.String(required=True)
    expected_on = fields.Date(required=True)
    opened_at = AwareTime(required=True)
    opened_by = fields.UUID(required=True)


class DraftContractSchema(RequestSchema):
    """Which unit drafts which contract; without ``products`` it is for all of them."""

    unit = line(limits.UNIT, required=True)
    contract_no = formed(limits.NUMBER, required=True, attribute="number")
    products = fields.List(
        fields.String(validate=Regexp(CODE)), load_default=list, validate=Length(max=MOST_PRODUCTS)
    )


class ReviewContractSchema(RequestSchema):
    """What the review came to."""

    passed = fields.Boolean(required=True)
    opinion = prose(limits.REPORT, required=True)


class SignContractSchema(RequestSchema):
    """When it was signed, and its last day; days are those of the unit."""

    signed_on = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True)


class ContractSchema(Schema):
    """The header of a contract."""

    contract_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    contract_no = fields.String(required=True, attribute="number")
    products = fields.List(fields.String(), required=True)
    state = fields.Enum(State, by_value=True, required=True)
    drafted_at = AwareTime(required=True)
    drafted_by = fields.UUID(required=True)
    reviewed_by = fields.UUID(required=True, allow_none=True)
    reviewed_at = AwareTime(required=True, allow_none=True)
    opinion = fields.String(required=True, allow_none=True)
    signed_on = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
