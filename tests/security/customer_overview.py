"""The routes that show a customer from all sides, and what other services tell of him."""

from typing import Any
from uuid import UUID

from customer.domain.complaints import KnownComplaint
from customer.domain.work_orders import KnownWorkOrder
from shared.ids import new_id

from .cast import NOW
from .routes import Route, get
from .served import Served

ONE_CUSTOMER = "/v1/customers/{customer}"
ROUTES: dict[str, Route] = {
    "overview.get_overview": get(f"{ONE_CUSTOMER}/overview"),
    "complaints.list_customer_complaints": get(f"{ONE_CUSTOMER}/complaints"),
    "complaints.list_customer_work_orders": get(f"{ONE_CUSTOMER}/work-orders"),
}


def complained(served: Served, customer_id: str, unit: str) -> dict[str, str]:
    """A complaint of the customer and a work order for him, as if their services had told them."""
    known: dict[str, Any] = {
        "customer_id": UUID(customer_id),
        "org_unit": unit,
        "changed_at": NOW,
        "sequence": 1,
    }
    complaint = KnownComplaint(
        **known,
        id=new_id(),
        number=f"{unit}-1",
        channel="telephone",
        level=1,
        handler_id=new_id(),
        filed_at=NOW,
        first_contact_due_at=NOW,
    )
    order = KnownWorkOrder(
        **known,
        id=new_id(),
        complaint_id=complaint.id,
        worker_id=new_id(),
        reply_due_at=NOW,
        opened_at=NOW,
    )
    with served.parts.begin(now=NOW) as tx:
        tx.complaints.add(complaint)
        tx.work_orders.add(order)
    return {"complaint": str(complaint.id), "order": str(order.id)}
