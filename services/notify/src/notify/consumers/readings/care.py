"""What customers are, and who of the staff is where, as customer and dispatch tell it."""

from marshmallow import fields

from notify.consumers.readings.files import OfCustomerReading
from notify.consumers.readings.reading import Reading


class CustomerRegisteredSchema(OfCustomerReading):
    """``customer.registered.v1``."""

    kind = fields.String(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)


class ClassChangedSchema(OfCustomerReading):
    """``customer.class_changed.v1``."""

    scheme = fields.String(required=True)
    new = fields.String(required=True, allow_none=True)


class GradeChangedSchema(ClassChangedSchema):
    """``customer.grade_changed.v1``."""

    unit = fields.String(required=True)
    product = fields.String(required=True)


class KeyAccountChangedSchema(OfCustomerReading):
    """``customer.key_account_changed.v1``."""

    unit = fields.String(required=True)
    is_key = fields.Boolean(required=True)


class PostReading(Reading):
    """A role in a unit."""

    unit = fields.String(required=True)
    role = fields.String(required=True)


class PersonChangedSchema(Reading):
    """``dispatch.person_changed.v1``."""

    person_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(PostReading), required=True)
