"""What customers contribute to departments, over HTTP (CL-41)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from customer.adapters.contributions import BY_AMOUNT, Contributions
from customer.adapters.customers import Customers
from customer.adapters.tables import contributions
from customer.api.access import CONTRIBUTION_READERS, CONTRIBUTION_TELLERS
from customer.api.texts import Amount, line
from customer.api.units import check_seen
from customer.domain import limits
from customer.domain.contributions import Contribution
from customer.use_cases.contributions import tell_contribution
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

OF_CUSTOMER = "/v1/customers/<uuid:customer_id>/contributions"


class TellContributionSchema(RequestSchema):
    """What he contributed to a department in the year up to a local date, in 10,000 yuan."""

    unit = line(limits.UNIT, required=True)
    amount = Amount(required=True)
    as_of = fields.Date(required=True)


class ToldContributionSchema(Schema):
    """The figure that holds now."""

    unit = fields.String(required=True)
    amount = Amount(required=True)
    as_of = fields.Date(required=True)


class ContributionSchema(ToldContributionSchema):
    """A figure of one customer and department."""

    customer_id = fields.UUID(required=True)
    told_at = AwareTime(required=True)
    told_by = fields.String(required=True)


def blueprint() -> Blueprint:
    """What customers are worth to each department."""
    blp = Blueprint("contributions", __name__, description="Contributions of customers")

    @blp.post(OF_CUSTOMER)
    @allow(*CONTRIBUTION_TELLERS)
    @command
    @blp.arguments(TellContributionSchema)
    @blp.response(200, ToldContributionSchema)
    def tell_contribution_of(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Tell what a customer contributes to a department."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        told = Contribution(asked["amount"], asked["as_of"])
        tell_contribution(tx(), customer, told, unit=asked["unit"], caller=principal())
        return asked

    @blp.get(OF_CUSTOMER)
    @allow(*CONTRIBUTION_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ContributionSchema))
    def list_contributions(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What a customer contributes to each of the caller's departments."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        seen = Contributions(session()).of(customer.id, seen_from=principal().unit)
        return page(seen, key=[contributions.c.unit], args=args, session=session())

    @blp.get("/v1/units/<unit>/contributions")
    @allow(*CONTRIBUTION_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ContributionSchema))
    def list_contributors(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """What customers contribute to a department, the most first."""
        check_seen(unit)
        seen = Contributions(session()).listed(unit)
        return page(seen, key=BY_AMOUNT, args=args, session=session(), descending=True)

    return blp
