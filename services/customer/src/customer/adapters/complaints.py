"""The complaints of customers, as the service ``complaint`` tells of them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import KnownComplaint
from customer.adapters.tables import customer_complaints


class Complaints:
    """The known complaints of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, complaint: KnownComplaint) -> None:
        """Keep a complaint that was filed."""
        self._session.add(complaint)

    def find(self, complaint_id: UUID) -> KnownComplaint | None:
        """The complaint, if it names a customer; nobody else changes it until the commit."""
        return self._session.get(KnownComplaint, complaint_id, with_for_update=True)

    def listed(self, customer_id: UUID) -> Select[KnownComplaint]:
        """The query of the complaints of one customer."""
        return select(KnownComplaint).where(customer_complaints.c.customer_id == customer_id)
