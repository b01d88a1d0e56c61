"""Blacklists and visits, as customer tells of them."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.reading import Reading
from notify.domain.blacklist import Scope


class BlacklistLiftedSchema(Reading):
    """``customer.blacklist_lifted.v1``."""

    entry_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    scope = fields.Enum(Scope, by_value=True, required=True)
    unit = fields.String(required=True, allow_none=True)


class BlacklistedSchema(BlacklistLiftedSchema):
    """``customer.blacklisted.v1``."""

    org_unit = fields.String(required=True)
    customer_number = fields.String(load_default=None)
    told_ids = fields.List(fields.UUID(), required=True)
    valid_until = fields.Date(required=True, allow_none=True)


class VisitSchema(Reading):
    """``customer.visit_due.v1``."""

    visit_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    visitor_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)


class OverdueVisitSchema(VisitSchema):
    """``customer.visit_overdue.v1``."""

    supervisor_id = fields.UUID(required=True, allow_none=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "customer.visit_due.v1": VisitSchema,
    "customer.visit_overdue.v1": OverdueVisitSchema,
}
