"""What the tables of all that departments have to do have in common."""

from sqlalchemy import Column, Integer, String, Uuid

from shared.columns import BecauseColumn
from shared.tables import UtcDateTime


def task_columns() -> list[Column[object]]:
    """The columns of a ``DepartmentTask``, but for its state."""
    return [
        Column("id", Uuid, primary_key=True),
        Column("org_unit", String(60), nullable=False),
        Column("department", String(60), nullable=False),
        Column("because", BecauseColumn, nullable=False),
        Column("due_at", UtcDateTime, nullable=False),
        Column("owner_id", Uuid, index=True),
        Column("overdue_at", UtcDateTime),
        Column("version", Integer, nullable=False),
    ]
