"""The updates that major changes of customers ask for."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import ChangeNotice
from customer.adapters.tables import change_notices
from customer.domain.change_notices import PENDING


class ChangeNotices:
    """The notices of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, notice: ChangeNotice) -> None:
        """Keep a new notice."""
        self._session.add(notice)

    def known(self, notice_id: UUID) -> ChangeNotice:
        """The notice that a timer is about; nobody else changes it until the commit. Raises
        NoResultFound."""
        return self._session.get_one(ChangeNotice, notice_id, with_for_update=True)

    def pending(self, customer_id: UUID) -> list[ChangeNotice]:
        """Those that the file of a customer does not follow yet, locked until the commit."""
        query = self.listed(customer_id).where(change_notices.c.state.in_(PENDING))
        ordered = query.order_by(change_notices.c.id).with_for_update()
        return list(self._session.scalars(ordered))

    def listed(self, customer_id: UUID) -> Select[ChangeNotice]:
        """The query of the notices of one customer."""
        return select(ChangeNotice).where(change_notices.c.customer_id == customer_id)
