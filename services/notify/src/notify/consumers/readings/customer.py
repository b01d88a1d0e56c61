"""Visits, as customer tells of them."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.files import OfCustomerReading
from notify.consumers.readings.reading import Reading


class VisitSchema(OfCustomerReading):
    """``customer.visit_due.v1``."""

    visit_id = fields.UUID(required=True)
    visitor_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)


class OverdueVisitSchema(VisitSchema):
    """``customer.visit_overdue.v1``."""

    supervisor_id = fields.UUID(required=True, allow_none=True)


class EscalatedVisitSchema(OverdueVisitSchema):
    """``customer.visit_escalated.v1``."""

    superior_id = fields.UUID(required=True, allow_none=True)


class InspectionDueSchema(OfCustomerReading):
    """``customer.inspection_due.v1``."""

    inspection_id = fields.UUID(required=True)
    planned_on = fields.Date(required=True)
    organiser_id = fields.UUID(required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "customer.visit_due.v1": VisitSchema,
    "customer.visit_overdue.v1": OverdueVisitSchema,
    "customer.visit_escalated.v1": EscalatedVisitSchema,
    "customer.inspection_due.v1": InspectionDueSchema,
}
