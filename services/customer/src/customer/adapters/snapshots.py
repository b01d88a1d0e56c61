"""Frozen copies of files."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Snapshot
from customer.adapters.tables import file_snapshots
from shared.rules import NotFound


class Snapshots:
    """The copies of one database session; they are added and read, never changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, snapshot: Snapshot) -> None:
        """Keep a new copy."""
        self._session.add(snapshot)

    def listed(self, customer_id: UUID) -> Select[Snapshot]:
        """The query of the copies of one customer's file."""
        return select(Snapshot).where(file_snapshots.c.customer_id == customer_id)

    def get(self, snapshot_id: UUID, *, customer_id: UUID) -> Snapshot:
        """A copy of that customer's file. Raises NotFound."""
        query = self.listed(customer_id).where(file_snapshots.c.id == snapshot_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such copy.")
        return found
