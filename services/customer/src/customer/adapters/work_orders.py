"""The work orders for customers, as dispatch tells of them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import KnownWorkOrder
from customer.adapters.tables import customer_work_orders


class WorkOrders:
    """The known work orders of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, order: KnownWorkOrder) -> None:
        """Keep a work order that was opened."""
        self._session.add(order)

    def find(self, work_order_id: UUID) -> KnownWorkOrder | None:
        """The order, if it names a customer; nobody else changes it until the commit."""
        return self._session.get(KnownWorkOrder, work_order_id, with_for_update=True)

    def listed(self, customer_id: UUID) -> Select[KnownWorkOrder]:
        """The query of the work orders for one customer."""
        return select(KnownWorkOrder).where(customer_work_orders.c.customer_id == customer_id)
