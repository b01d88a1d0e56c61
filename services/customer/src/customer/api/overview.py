"""A customer from all sides over HTTP."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.overview import MOST, Overview
from customer.api.access import PARTNER_READERS, READERS
from customer.api.grade_schemas import is_customer
from customer.api.grading_access import REVIEW_READERS
from customer.api.overview_schemas import OverviewSchema
from customer.api.timelines import customer_latest
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session

# The lists of which the sections show the beginning.
LISTS = (
    "admissions",
    "change-notices",
    "complaints",
    "contacts",
    "contact-history",
    "contracts",
    "documents",
    "timeline",
    "work-orders",
)


def blueprint() -> Blueprint:
    """All that is known of one customer."""
    blp = Blueprint("overview", __name__, description="Customers from all sides")

    @blp.get("/v1/customers/<uuid:customer_id>/overview")
    @allow(*READERS)
    @query
    @blp.response(200, OverviewSchema)
    def get_overview(customer_id: UUID) -> dict[str, Any]:
        """A customer's file, grades and standing, visits, complaints and messages, what is open
        and what is due next."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return {
            **Overview(session(), customer, principal(), hidden=_hidden()).read(),
            "timeline": customer_latest(customer, MOST),
            "links": _links(customer_id),
        }

    return blp


def _hidden() -> set[str]:
    """What the caller must not know: a customer nothing that was decided about him (XC-08, CL-32),
    others what the routes of the areas refuse to their roles."""
    roles, hidden = principal().roles, set()
    if is_customer() or roles.isdisjoint(REVIEW_READERS):
        hidden |= {"grade_review", "downgrade"}
    if is_customer() or roles.isdisjoint(PARTNER_READERS):
        hidden.add("partner_form")
    if is_customer():
        hidden |= {"blacklist", "open_exits"}
    return hidden


def _links(customer_id: UUID) -> dict[str, str]:
    file = f"/v1/customers/{customer_id}"
    of_file = {name.replace("-", "_"): f"{file}/{name}" for name in LISTS}
    by_query = {
        name: f"/v1/{name}?customer_id={customer_id}" for name in ("issues", "needs", "visits")
    }
    return {**of_file, **by_query}
