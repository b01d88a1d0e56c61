"""Units, and how persons of ours and of customers are reached."""

from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError, fields, post_load

from notify.consumers.readings.reading import Reading
from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.contacts import Address, Contact, ContactKind


class OrgUnitChangedSchema(Reading):
    """A unit and its calendar."""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    calendar = fields.Dict(required=True, allow_none=True)


class AddressReading(Reading):
    """Where a channel reaches somebody."""

    channel = fields.String(required=True)
    address = fields.String(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Address:
        return Address(**data)


class BirthdayReading(Reading):
    """A day of the year."""

    calendar = fields.Enum(BirthdayCalendar, by_value=True, required=True)
    month = fields.Integer(required=True)
    day = fields.Integer(required=True)
    leap_month = fields.Boolean(load_default=False)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Birthday:
        return Birthday(**data)


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a known time zone.") from None


class PersonContactSchema(Reading):
    """How a member of the staff is reached."""

    contact_id = fields.UUID(required=True)
    kind = fields.Enum(ContactKind, by_value=True, required=True)
    active = fields.Boolean(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    zone = fields.String(required=True, validate=_known_zone)
    addresses = fields.List(fields.Nested(AddressReading), required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Contact:
        named = {**data, "addresses": tuple(data["addresses"])}
        return Contact(id=named.pop("contact_id"), **named)


class CustomerContactSchema(PersonContactSchema):
    """How the contact of a customer is reached, and when his birthday is."""

    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    birthday = fields.Nested(BirthdayReading, required=True, allow_none=True)
    customer_since = fields.Date(load_default=None, allow_none=True)


class CaseContactSchema(Reading):
    """``complaint.case_contact_described.v1``: whom to write to about a case."""

    case_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    zone = fields.String(required=True, validate=_known_zone)
    addresses = fields.List(fields.Nested(AddressReading), required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Contact:
        named = {**data, "addresses": tuple(data["addresses"])}
        case_id = named.pop("case_id")
        return Contact(id=case_id, kind=ContactKind.CASE_CONTACT, active=True, **named)


class CaseContactErasedSchema(Reading):
    """``complaint.case_contact_erased.v1``."""

    contact_id = fields.UUID(required=True, data_key="case_id")


class ContactErasedSchema(Reading):
    """``customer.contact_erased.v1``."""

    contact_id = fields.UUID(required=True)
