"""The history of the files of customers, field by field."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from customer.adapters.tables import file_changes
from shared.envelope import plain
from shared.ids import new_id


class FileChanges:
    """The changes of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        customer_id: UUID,
        fields: Collection[str],
        *,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        personal: Collection[str],
        reason: str | None,
        now: datetime,
        by: str,
    ) -> None:
        """Remember what ``fields`` held and hold; of ``personal`` ones only that they changed."""
        rows = [
            {
                "id": new_id(),
                "customer_id": customer_id,
                "field": field,
                "personal": field in personal,
                "old": None if field in personal else plain(old.get(field)),
                "new": None if field in personal else plain(new.get(field)),
                "reason": reason,
                "at": now,
                "by": by,
            }
            for field in fields
        ]
        if rows:
            self._session.flush()
            self._session.execute(insert(file_changes), rows)

    def listed(self, customer_id: UUID) -> Select[Any]:
        """The query of the changes of one customer's file."""
        columns = [column for column in file_changes.c if column.name != "customer_id"]
        return select(*columns).where(file_changes.c.customer_id == customer_id)
