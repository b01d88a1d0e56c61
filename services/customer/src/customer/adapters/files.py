"""How far the files of customers are."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import CustomerFile
from customer.adapters.tables import files
from customer.domain.file_states import FileState
from shared.outbox import upsert


class Files:
    """The files of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, customer_id: UUID, *, now: datetime, by: str) -> CustomerFile:
        """The file of a customer, begun unless there is one; nobody else changes it until the
        commit."""
        self._session.flush()
        statement = upsert(self._session.get_bind().dialect)(files).values(
            customer_id=customer_id,
            opened_at=now,
            opened_by=by,
            category="",
            serial=0,
            state=FileState.DRAFT,
            version=0,
        )
        self._session.execute(statement.on_conflict_do_nothing(index_elements=["customer_id"]))
        found: CustomerFile = self._session.scalars(self._one(customer_id).with_for_update()).one()
        return found

    def find(self, customer_id: UUID) -> CustomerFile | None:
        """The file of a customer, if one was begun; nobody else changes it until the commit."""
        return self._session.scalars(self._one(customer_id).with_for_update()).one_or_none()

    def seen(self, customer_id: UUID) -> CustomerFile | None:
        """The file of a customer for reading alone."""
        return self._session.scalars(self._one(customer_id)).one_or_none()

    def _one(self, customer_id: UUID) -> Select[Any]:
        return select(CustomerFile).where(files.c.customer_id == customer_id)
