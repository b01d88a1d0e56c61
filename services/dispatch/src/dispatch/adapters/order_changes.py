"""What was done to orders that were given out, version by version.

The mapper writes it as it writes the order, so that no command can forget it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Uuid,
    event,
    insert,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import get_history

from dispatch.adapters.columns import metadata
from dispatch.domain.command_conflicts import Change, OrderChange, kinds_of
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder
from shared.tables import UtcDateTime, by_value

order_changes = Table(
    "work_order_changes",
    metadata,
    Column("work_order_id", ForeignKey("work_orders.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("change", by_value(Change), primary_key=True),
    Column("by", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("device_id", Uuid),
    Column("receiver_id", Uuid),
)
ACTING = "acting"  # In Session.info.


@dataclass(frozen=True)
class Acting:
    """Who changes things in a session, when, and with which device."""

    by: str
    at: datetime
    device_id: UUID | None = None


class OrderChanges:
    """The changes of orders as one database session sees and makes them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def act(self, *, by: str, at: datetime) -> None:
        """Say who makes the changes of this session."""
        self.session.info[ACTING] = Acting(by, at)

    @contextmanager
    def with_device(self, device_id: UUID) -> Iterator[None]:
        """What is changed here was changed by a command of that device."""
        acting = self.session.info[ACTING]
        self.session.info[ACTING] = replace(acting, device_id=device_id)
        try:
            yield
        finally:
            self.session.info[ACTING] = acting

    def since(self, order_id: UUID, *, seen: int, device_id: UUID) -> tuple[OrderChange, ...]:
        """What others than the commands of a device did since a version, in order."""
        of = order_changes.c
        others = or_(of.device_id != device_id, of.device_id.is_(None))
        query = (
            select(of.version, of.change, of.by, of.at, of.device_id, of.receiver_id)
            .where(of.work_order_id == order_id, of.version > seen, others)
            .order_by(of.version, of.change)
        )
        return tuple(OrderChange(**row._mapping) for row in self.session.execute(query))


def _write(_mapper: Any, connection: Connection, order: WorkOrder) -> None:
    session = object_session(order)
    acting = session.info.get(ACTING) if session else None
    state = inspect(order)
    changed = {}
    for name in set(state.manager) - state.unmodified:
        history = get_history(order, name)
        if history.has_changes():
            before, after = history.deleted, history.added
            changed[name] = (before[0] if before else None, after[0] if after else None)
    was, _ = changed.get("state", (order.state, None))
    if acting is None or was is State.DRAFT:
        return
    receiver_id, _ = changed.get("receiver_id", (order.receiver_id, None))
    rows = [
        {
            "work_order_id": order.id,
            "version": order.version + 1,  # That of the row as the mapper is about to write it.
            "change": kind,
            "by": acting.by,
            "at": acting.at,
            "device_id": acting.device_id,
            "receiver_id": receiver_id,
        }
        for kind in sorted(kinds_of(changed))
    ]
    if rows:
        connection.execute(insert(order_changes), rows)


event.listen(WorkOrder, "before_update", _write)
