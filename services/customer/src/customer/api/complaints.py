"""Complaints and work orders of a customer over HTTP, as other services tell of them."""

from typing import Any
from uuid import UUID

from customer.adapters.complaints import Complaints
from customer.adapters.customers import Customers
from customer.adapters.tables import customer_complaints, customer_work_orders
from customer.adapters.work_orders import WorkOrders
from customer.api.access import READERS
from customer.api.complaint_schemas import KnownComplaintSchema, KnownWorkOrderSchema
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """The complaints and work orders of customers."""
    blp = Blueprint("complaints", __name__, description="Complaints and work orders of customers")
    _queries(blp)
    return blp


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/customers/<uuid:customer_id>/complaints")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(KnownComplaintSchema))
    def list_customer_complaints(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The complaints of a customer, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Complaints(session()).listed(customer.id)
        key = [customer_complaints.c.filed_at, customer_complaints.c.id]
        return page(listed, key=key, args=args, session=session(), descending=True)

    @blp.get("/v1/customers/<uuid:customer_id>/work-orders")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(KnownWorkOrderSchema))
    def list_customer_work_orders(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The work orders for a customer, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = WorkOrders(session()).listed(customer.id)
        key = [customer_work_orders.c.opened_at, customer_work_orders.c.id]
        return page(listed, key=key, args=args, session=session(), descending=True)
