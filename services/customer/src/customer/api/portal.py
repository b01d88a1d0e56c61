"""What a customer sees and reports himself; his token's subject is the id of a contact.

Nothing that was decided about him inside is shown here: no grade, no blacklist (XC-08).
"""

from typing import Any

from marshmallow import Schema, fields

from customer.adapters.contacts import Contacts
from customer.adapters.customers import Customers
from customer.adapters.mapping import Customer, StatusCase
from customer.adapters.visits import person_of
from customer.api.access import PORTAL
from customer.api.change_schemas import ReportStatusSchema, StatusCaseSchema
from customer.api.customer_schemas import shown_name
from customer.domain.kinds import Kind
from customer.use_cases.status_cases import report_status
from shared.rules import NotFound
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx


class PortalCustomerSchema(Schema):
    """What a customer may see of himself."""

    customer_id = fields.UUID(required=True, attribute="id")
    number = fields.String(required=True)
    name = fields.Function(lambda customer: shown_name(customer))
    kind = fields.Enum(Kind, by_value=True, required=True)
    industry = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True, allow_none=True)


def blueprint() -> Blueprint:
    """The customer's own view."""
    blp = Blueprint("portal", __name__, description="The customer's own view")

    @blp.get("/v1/portal/customer")
    @allow(*PORTAL)
    @query
    @blp.response(200, PortalCustomerSchema)
    def get_own_customer() -> Customer:
        """The customer whose contact asks."""
        return _own()

    @blp.post("/v1/portal/status-changes")
    @allow(*PORTAL)
    @command
    @blp.arguments(ReportStatusSchema)
    @blp.response(201, StatusCaseSchema)
    def report_own_status_change(asked: dict[str, Any]) -> StatusCase:
        """Report that the registration of the own business changes or ends."""
        return report_status(tx(), _own(), contact_id=person_of(principal()), **asked)

    return blp


def _own() -> Customer:
    contact = Contacts(session()).find(person_of(principal()))
    if contact is None or not contact.active:
        raise NotFound("There is no such customer.")
    return Customers(session()).of_contact(contact)
