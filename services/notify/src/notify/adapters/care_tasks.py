"""The tasks of care."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Session

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.domain.care_rules import Action
from notify.domain.care_task_states import LIVE, TaskState
from notify.domain.care_tasks import CareTask
from notify.domain.occasions import Occurrence
from shared.columns import BecauseColumn, MoneyColumn
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime, by_value

OPEN = text("state IN ('proposed', 'approved')")

care_tasks = Table(
    "care_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False, index=True),
    Column("customer_id", Uuid, nullable=False),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("action", by_value(Action), nullable=False),
    Column("occasion", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("year", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("responsible_id", Uuid, index=True),
    Column("approvers", TextsColumn, nullable=False),
    Column("amount", MoneyColumn),
    Column("because", BecauseColumn, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("lapses_at", UtcDateTime, nullable=False),
    Column("state", by_value(TaskState), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcDateTime),
    Column("reason", Text),
    Column("done_by", String(80)),
    Column("done_at", UtcDateTime),
    Column("cost", MoneyColumn),
    Column("version", Integer, nullable=False),
    UniqueConstraint("subject", "occasion", "year", "action"),
    Index("ix_care_tasks_open", "customer_id", postgresql_where=OPEN, sqlite_where=OPEN),
)

mapping.map_imperatively(CareTask, care_tasks, version_id_col=care_tasks.c.version)


class CareTasks:
    """The tasks of one database session. One is seen from each unit at or above its own."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, task: CareTask) -> None:
        """Keep a new one; its unique key refuses the same one twice."""
        self._session.add(task)
        self._session.flush()

    def known(self, occurrence: Occurrence, action: Action) -> bool:
        """Whether this was opened before."""
        of = care_tasks.c
        query = select(of.id).where(
            of.subject == occurrence.subject,
            of.occasion == occurrence.occasion,
            of.year == occurrence.year,
            of.action == action,
        )
        return self._session.scalar(query) is not None

    def get(self, task_id: UUID, *, unit: str) -> CareTask:
        """The one that a person of ``unit`` sees. Raises NotFound."""
        return self._one(self.seen_from(unit).where(care_tasks.c.id == task_id))

    def to_change(self, task_id: UUID, *, unit: str) -> CareTask:
        """The same one, which nobody else changes until the commit. Raises NotFound."""
        return self._one(self.seen_from(unit).where(care_tasks.c.id == task_id).with_for_update())

    def locked(self, task_id: UUID) -> CareTask:
        """The one that a timer is about. Raises NotFound."""
        return self._one(select(CareTask).where(care_tasks.c.id == task_id).with_for_update())

    def open_for(self, customer_id: UUID, *, below: str | None) -> Sequence[CareTask]:
        """What is not done yet for a customer, in ``below`` and under it where that is given."""
        query = select(CareTask).where(
            care_tasks.c.customer_id == customer_id, care_tasks.c.state.in_(LIVE)
        )
        if below is not None:
            query = query.where(within(care_tasks.c.org_unit, below))
        return self._session.scalars(query.order_by(care_tasks.c.id).with_for_update()).all()

    def open_of(self, contact_id: UUID) -> Sequence[CareTask]:
        """What is not done yet for a contact."""
        query = select(CareTask).where(
            care_tasks.c.contact_id == contact_id, care_tasks.c.state.in_(LIVE)
        )
        return self._session.scalars(query.order_by(care_tasks.c.id).with_for_update()).all()

    def listed(self, *, unit: str, **wanted: Any) -> Select[CareTask]:
        """The query of what a person of ``unit`` sees, narrowed to the values that are given."""
        query = self.seen_from(unit)
        for column, value in wanted.items():
            if value is not None:
                query = query.where(care_tasks.c[column] == value)
        return query

    def seen_from(self, unit: str) -> Select[CareTask]:
        """All that lies in ``unit`` and below."""
        return select(CareTask).where(within(care_tasks.c.org_unit, unit))

    def _one(self, query: Select[CareTask]) -> CareTask:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such task, or none that you may see.")
        return found
