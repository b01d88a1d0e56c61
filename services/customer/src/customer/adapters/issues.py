"""Issues as they are found: by those who may see them, and by the field work that answers them."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from customer.adapters.mapping import Issue
from customer.adapters.registers import Register
from customer.adapters.tables import issues


class Issues(Register[Issue]):
    """The issues of one database session."""

    kind, table, called = Issue, issues, "issue"

    def of_request(self, request_id: UUID) -> Issue | None:
        """The issue that asked for that field work, which nobody else changes until the commit."""
        return self._locked(issues.c.request_id == request_id)

    def of_order(self, work_order_id: UUID) -> Issue | None:
        """The issue that waits for that work order, locked as well."""
        return self._locked(issues.c.work_order_id == work_order_id)

    def _locked(self, condition: ColumnElement[bool]) -> Issue | None:
        query = select(Issue).where(condition).with_for_update()
        return self._session.scalars(query).one_or_none()
