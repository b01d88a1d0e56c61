"""A customer from all sides over HTTP."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.overview import MOST, Overview
from customer.api.access import READERS
from customer.api.overview_schemas import OverviewSchema
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.timeline import timeline_page


def blueprint() -> Blueprint:
    """All that is known of one customer."""
    blp = Blueprint("overview", __name__, description="Customers from all sides")

    @blp.get("/v1/customers/<uuid:customer_id>/overview")
    @allow(*READERS)
    @query
    @blp.response(200, OverviewSchema)
    def get_overview(customer_id: UUID) -> dict[str, Any]:
        """A customer's file, grades, visits, complaints and messages, and what is due next."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        history = {"cursor": None, "limit": MOST}
        return {
            **Overview(session(), customer, principal()).read(),
            "timeline": timeline_page(session(), f"customer/{customer.id}", history),
            "links": _links(customer_id),
        }

    return blp


def _links(customer_id: UUID) -> dict[str, str]:
    file = f"/v1/customers/{customer_id}"
    lists = ("complaints", "contacts", "contact-history", "timeline", "work-orders")
    of_file = {name.replace("-", "_"): f"{file}/{name}" for name in lists}
    return {**of_file, "visits": f"/v1/visits?customer_id={customer_id}"}
