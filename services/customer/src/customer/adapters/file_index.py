"""The index and the catalogue of a department's files (CF-24)."""

from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from customer.adapters.tables import customers, files, memberships
from shared.scope import within


class FileIndex:
    """The files of one database session, by department."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def listed(self, unit: str, *, category: str | None = None) -> Select[Any]:
        """The query of the files of the customers who stand in the bases of ``unit`` and of the
        units below it, one row a file."""
        query = (
            select(
                files.c.customer_id,
                files.c.number,
                files.c.category,
                files.c.state,
                files.c.opened_at,
                customers.c.number.label("customer_number"),
                customers.c.kind,
                customers.c.name,
            )
            .join(customers, customers.c.id == files.c.customer_id)
            .where(_stands_in(unit))
        )
        return query if category is None else query.where(files.c.category == category)

    def counted(self, unit: str) -> list[Any]:
        """How many files of each category and state there are in ``unit`` and below it."""
        query = (
            select(files.c.category, files.c.state, func.count().label("files"))
            .where(_stands_in(unit))
            .group_by(files.c.category, files.c.state)
            .order_by(files.c.category, files.c.state)
        )
        return list(self._session.execute(query))


def _stands_in(unit: str) -> Any:
    return exists().where(
        memberships.c.customer_id == files.c.customer_id, within(memberships.c.unit, unit)
    )
