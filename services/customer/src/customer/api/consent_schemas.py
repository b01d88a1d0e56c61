"""What goes over HTTP about consents, disclosures and the duty of secrecy."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from customer.api.texts import line
from customer.domain.consents import Channel, Item
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

TEXT = 200
WORDING = 60
BASIS = 40


def _items(**options: Any) -> fields.List[Any]:
    item = fields.Enum(Item, by_value=True)
    return fields.List(item, validate=Length(1, len(Item)), **options)


class GiveConsentSchema(RequestSchema):
    """A written consent (F-42). ``valid_from`` and ``valid_until`` are local days, both included;
    ``form`` tells where the signed paper is filed, ``wording`` which text was signed."""

    third_party = line(TEXT, required=True)
    purpose = line(TEXT, required=True)
    scope = _items(required=True)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True)
    form = line(TEXT, required=True)
    wording = line(WORDING, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    given_at = AwareTime(required=True)


class WithdrawConsentSchema(RequestSchema):
    """Nothing is asked of who withdraws."""


class ConsentSchema(Schema):
    """A consent and whether it was withdrawn."""

    consent_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    third_party = fields.String(required=True)
    purpose = fields.String(required=True)
    scope = _items(required=True)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    form = fields.String(required=True)
    wording = fields.String(required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    given_at = AwareTime(required=True)
    recorded_at = AwareTime(required=True)
    withdrawn_at = AwareTime(required=True, allow_none=True)


class DiscloseSchema(RequestSchema):
    """Which fields are told to whom, for what; ``consent_id`` or ``legal_basis`` allows it."""

    recipient = line(TEXT, required=True)
    purpose = line(TEXT, required=True)
    items = _items(required=True)
    consent_id = fields.UUID(load_default=None, allow_none=True)
    legal_basis = line(BASIS, load_default=None, allow_none=True)

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if data["consent_id"] and data["legal_basis"]:
            raise ValidationError("Name a consent or a legal basis, not both.")


class DisclosureSchema(Schema):
    """What was told to whom, and what allowed it."""

    disclosure_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    recipient = fields.String(required=True)
    purpose = fields.String(required=True)
    items = _items(required=True)
    consent_id = fields.UUID(required=True, allow_none=True)
    legal_basis = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)
    disclosed_at = AwareTime(required=True)
    disclosed_by = fields.String(required=True)


class AcknowledgeSecrecySchema(RequestSchema):
    """The wording that is signed."""

    wording = line(WORDING, required=True)


class AcknowledgementSchema(Schema):
    """Who signed which wording of the duty of secrecy."""

    acknowledgement_id = fields.UUID(required=True, attribute="id")
    person_id = fields.String(required=True)
    unit = fields.String(required=True)
    wording = fields.String(required=True)
    signed_on = fields.Date(required=True)
    signed_at = AwareTime(required=True)
