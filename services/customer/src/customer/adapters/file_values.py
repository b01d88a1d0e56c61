"""What the files of customers hold, a row a field."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from customer.adapters.tables import file_values
from shared.outbox import upsert


class FileValues:
    """The file fields of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID) -> dict[str, Any]:
        """Every field of a customer's file that is filled, by name."""
        query = select(file_values.c.field, file_values.c.value).where(
            file_values.c.customer_id == customer_id
        )
        return {row.field: row.value for row in self._session.execute(query)}

    def put(self, customer_id: UUID, fresh: Mapping[str, Any], *, now: datetime, by: str) -> None:
        """Fill fields; None empties one."""
        for field, value in fresh.items():
            if value is None:
                self._empty(customer_id, field)
            else:
                self._fill(customer_id, field, value=value, updated_at=now, updated_by=by)

    def _empty(self, customer_id: UUID, field: str) -> None:
        self._session.execute(
            delete(file_values).where(
                file_values.c.customer_id == customer_id, file_values.c.field == field
            )
        )

    def _fill(self, customer_id: UUID, field: str, **values: Any) -> None:
        statement = upsert(self._session.get_bind().dialect)(file_values)
        statement = statement.values(customer_id=customer_id, field=field, version=1, **values)
        changed = {**values, "version": file_values.c.version + 1}
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["customer_id", "field"], set_=changed)
        )
