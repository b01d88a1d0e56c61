"""What goes over HTTP about customers: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Regexp

from customer.api.contact_schemas import AddContactSchema
from customer.api.document_schemas import CollectDocumentSchema
from customer.api.grade_schemas import GRADE, ShownGrades
from customer.api.texts import Amount, formed, line, prose
from customer.domain import limits
from customer.domain.customers import Customer
from customer.domain.kinds import Kind
from shared import masking
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

MOST_CONTACTS = 20
MOST_DOCUMENTS = 20


class ChangeCustomerSchema(RequestSchema):
    """What is to be different, and why; a field that is left out stays."""

    name = line(limits.NAME)
    kind = fields.Enum(Kind, by_value=True)
    industry = line(limits.INDUSTRY, allow_none=True)
    region = line(limits.REGION, allow_none=True)
    annual_amount = Amount(allow_none=True)
    org_unit = line(limits.UNIT)
    owner_id = fields.UUID(allow_none=True)
    visitor_id = fields.UUID(allow_none=True)
    since = fields.Date(allow_none=True)
    reason = prose(limits.REASON)

    @validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data.keys() - {"reason"}:
            raise ValidationError("Nothing is to be changed.")


class RegisterCustomerSchema(ChangeCustomerSchema):
    """A new customer. ``annual_amount`` is in 10,000 yuan; without it he has no size.
    ``duplicate_reason`` says why he is another one than those who are like him."""

    class Meta:
        exclude = ("reason",)

    number = formed(limits.NUMBER, required=True)
    name = line(limits.NAME, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    org_unit = line(limits.UNIT, required=True)
    contacts = fields.List(
        fields.Nested(AddContactSchema), load_default=list, validate=Length(max=MOST_CONTACTS)
    )
    documents = fields.List(
        fields.Nested(CollectDocumentSchema), load_default=list, validate=Length(max=MOST_DOCUMENTS)
    )
    duplicate_reason = prose(limits.REASON)


class CustomerArgs(PageArgs):
    """Which customers to list; ``unit`` counts the units below it as well, ``grade`` is
    written with its scheme: ``size:large``."""

    unit = fields.String(load_default=None, validate=Length(1, limits.UNIT))
    grade = fields.String(load_default=None, validate=Regexp(GRADE))
    number = formed(limits.NUMBER, load_default=None)
    industry = line(limits.INDUSTRY, load_default=None)
    region = line(limits.REGION, load_default=None)


class CustomerSchema(Schema):
    """A customer's file. The name of a consumer is that of a person, and masked."""

    customer_id = fields.UUID(required=True, attribute="id")
    number = fields.String(required=True)
    name = fields.Function(lambda customer: shown_name(customer))
    kind = fields.Enum(Kind, by_value=True, required=True)
    industry = fields.String(required=True, allow_none=True)
    region = fields.String(required=True, allow_none=True)
    annual_amount = Amount(required=True, allow_none=True)
    grades = ShownGrades(required=True)
    org_unit = fields.String(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    visitor_id = fields.UUID(required=True, allow_none=True)
    since = fields.Date(required=True, allow_none=True)
    registered_at = AwareTime(required=True)


def shown_name(customer: Customer) -> str:
    """The name of a customer as everybody may read it: that of a person is masked."""
    return masking.name(customer.name) if customer.kind is Kind.CONSUMER else customer.name
