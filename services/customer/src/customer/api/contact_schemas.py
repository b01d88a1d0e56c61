"""What goes over HTTP about contacts: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Range

from customer.api.texts import Zone, formed, line, prose
from customer.domain import limits
from customer.domain.birthdays import Birthday, BirthdayCalendar
from customer.domain.contacts import DecisionRole, PreferredChannel
from shared import masking
from shared.web.schemas import AwareTime, RequestSchema

REASON = 300


class BirthdaySchema(RequestSchema):
    """A birthday without its year."""

    calendar = fields.Enum(BirthdayCalendar, by_value=True, required=True)
    month = fields.Integer(required=True, strict=True)
    day = fields.Integer(required=True, strict=True)
    leap_month = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Birthday:
        return Birthday(**data)


class ChangeContactSchema(RequestSchema):
    """What is to be different; a field that is left out stays."""

    name = line(limits.NAME)
    phone = line(limits.PHONE, allow_none=True)
    email = formed(limits.EMAIL, allow_none=True)
    preferred_channel = fields.Enum(PreferredChannel, by_value=True, allow_none=True)
    language = formed(limits.LANGUAGE)
    zone = Zone()
    birthday = fields.Nested(BirthdaySchema, allow_none=True)
    active = fields.Boolean()
    decision_role = fields.Enum(DecisionRole, by_value=True, allow_none=True)
    job_title = line(limits.JOB, allow_none=True)
    occupation = line(limits.JOB, allow_none=True)
    age = fields.Integer(strict=True, validate=Range(0, limits.OLDEST), allow_none=True)
    preferences = prose(limits.HABITS, allow_none=True)
    purchase_habits = prose(limits.HABITS, allow_none=True)
    spending_power = line(limits.JOB, allow_none=True)

    @validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")


class AddContactSchema(ChangeContactSchema):
    """A new contact; language and zone are those of the unit unless given."""

    class Meta:
        exclude = ("active",)

    name = line(limits.NAME, required=True)


class UnreachableSchema(Schema):
    """An address that has to be asked for anew: notify reached nobody there."""

    channel = fields.String(required=True)
    cause = fields.String(required=True)
    since = AwareTime(required=True)


class ContactSchema(Schema):
    """A contact, masked."""

    contact_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    name = fields.Function(lambda contact: masking.name(contact.name))
    phone = fields.Function(lambda contact: contact.phone and masking.phone(contact.phone))
    email = fields.Function(lambda contact: contact.email and masking.email(contact.email))
    preferred_channel = fields.Enum(PreferredChannel, by_value=True, required=True, allow_none=True)
    language = fields.String(required=True)
    zone = fields.String(required=True)
    has_birthday = fields.Function(lambda contact: contact.birthday is not None)
    active = fields.Boolean(required=True)
    decision_role = fields.Enum(DecisionRole, by_value=True, required=True, allow_none=True)
    job_title = fields.String(required=True, allow_none=True)
    unreachable = fields.Function(
        lambda contact: UnreachableSchema(many=True).dump(contact.unreachable or ())
    )


class RevealContactSchema(RequestSchema):
    """Why somebody has to see the contact in full; it is kept in the audit log."""

    reason = prose(REASON, required=True)


class ShownBirthdaySchema(Schema):
    """A birthday without its year."""

    calendar = fields.Enum(BirthdayCalendar, by_value=True, required=True)
    month = fields.Integer(required=True)
    day = fields.Integer(required=True)
    leap_month = fields.Boolean(required=True)


class RevealedContactSchema(Schema):
    """A contact in full."""

    contact_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    preferred_channel = fields.Enum(PreferredChannel, by_value=True, required=True, allow_none=True)
    language = fields.String(required=True)
    zone = fields.String(required=True)
    birthday = fields.Nested(ShownBirthdaySchema, required=True, allow_none=True)
    active = fields.Boolean(required=True)
    decision_role = fields.Enum(DecisionRole, by_value=True, required=True, allow_none=True)
    job_title = fields.String(required=True, allow_none=True)
    occupation = fields.String(required=True, allow_none=True)
    age = fields.Integer(required=True, allow_none=True)
    preferences = fields.String(required=True, allow_none=True)
    purchase_habits = fields.String(required=True, allow_none=True)
    spending_power = fields.String(required=True, allow_none=True)


class SentSchema(Schema):
    """A message that was sent to a contact."""

    message_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True)
    occasion = fields.String(required=True)
    year = fields.Integer(required=True)
    sent_at = AwareTime(required=True)
