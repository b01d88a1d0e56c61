"""Where the commands of devices are kept until they are carried out, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import StandingColumn, mapping, metadata
from dispatch.domain.queued_commands import Outcome, QueuedCommand, Resolution
from dispatch.domain.work_order_states import Command
from shared.encrypted_columns import EncryptedColumn, encrypt_columns
from shared.tables import Json, UtcDateTime, by_value

queued_commands = Table(
    "queued_commands",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("device_id", ForeignKey("command_queues.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("order_id", Uuid, nullable=False, index=True),
    Column("command", by_value(Command), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("client_at", UtcDateTime, nullable=False),
    Column("seen_version", Integer, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("body", EncryptedColumn()),
    Column("outcome", by_value(Outcome), nullable=False),
    Column("answered_at", UtcDateTime),
    Column("counted_at", UtcDateTime),
    Column("order_version", Integer),
    Column("problem", Json),
    Column("standing", StandingColumn),
    Column("resolution", by_value(Resolution)),
    Column("resolved_at", UtcDateTime),
    UniqueConstraint("device_id", "sequence"),
    Index("ix_queued_commands_device_id_outcome", "device_id", "outcome"),
)

mapping.map_imperatively(QueuedCommand, queued_commands)
encrypt_columns(QueuedCommand, queued_commands)

UNRESOLVED = (
    queued_commands.c.outcome == Outcome.CONFLICT,
    queued_commands.c.resolution.is_(None),
)


class QueuedCommands:
    """The commands of all queues."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, command: QueuedCommand) -> None:
        self.session.add(command)
        self.session.flush()

    def find(self, command_id: UUID) -> QueuedCommand | None:
        return self.session.get(QueuedCommand, command_id)

    def at(self, device_id: UUID, sequence: int) -> QueuedCommand | None:
        """The command that has a sequence in a queue."""
        of = queued_commands.c
        query = select(QueuedCommand).where(of.device_id == device_id, of.sequence == sequence)
        return self.session.scalar(query)

    def from_(self, device_id: UUID, sequence: int) -> Sequence[QueuedCommand]:
        """The commands of a queue from a sequence on, in order."""
        of = queued_commands.c
        query = select(QueuedCommand).where(of.device_id == device_id, of.sequence >= sequence)
        return self.session.scalars(query.order_by(of.sequence)).all()

    def counted_before(self, device_id: UUID, sequence: int) -> datetime | None:
        """The latest time at which a command of the device counts that comes before a sequence."""
        of = queued_commands.c
        query = select(func.max(of.counted_at)).where(
            of.device_id == device_id, of.sequence < sequence
        )
        found: datetime | None = self.session.scalar(query)
        return found

    def conflict_before(self, command: QueuedCommand) -> int | None:
        """The newest version of the order with which an earlier command of the device on it is in
        conflict, whether that is resolved or not."""
        of = queued_commands.c
        query = select(func.max(of.order_version)).where(
            of.device_id == command.device_id,
            of.order_id == command.order_id,
            of.sequence < command.sequence,
            of.outcome == Outcome.CONFLICT,
        )
        found: int | None = self.session.scalar(query)
        return found

    def waiting(self, device_id: UUID) -> int:
        """How many commands of a device wait for one that is missing."""
        return self._count(device_id, queued_commands.c.outcome == Outcome.WAITING)

    def in_conflict(self, device_id: UUID) -> int:
        """How many conflicts of a device nobody has resolved."""
        return self._count(device_id, *UNRESOLVED)

    def conflicts(
        self, *, device_id: UUID | None = None, order_id: UUID | None = None
    ) -> Select[QueuedCommand]:
        """The query of the conflicts of a device, or on an order, that nobody has resolved."""
        of, query = queued_commands.c, select(QueuedCommand).where(*UNRESOLVED)
        query = query.where(of.device_id == device_id) if device_id else query
        return query.where(of.order_id == order_id) if order_id else query

    def unanswered(self, device_id: UUID) -> Sequence[QueuedCommand]:
        """The commands that wait."""
        of = queued_commands.c
        query = select(QueuedCommand).where(
            of.device_id == device_id, of.outcome == Outcome.WAITING
        )
        return self.session.scalars(query.order_by(of.sequence)).all()

    def received_by(self, device_id: UUID, at: datetime) -> Sequence[QueuedCommand]:
        """What was received at a time or before."""
        of = queued_commands.c
        query = select(QueuedCommand).where(of.device_id == device_id, of.received_at <= at)
        return self.session.scalars(query.order_by(of.sequence)).all()

    def oldest(self, device_id: UUID) -> datetime | None:
        """When the oldest command was received that is kept of a device."""
        of = queued_commands.c
        query = select(func.min(of.received_at)).where(of.device_id == device_id)
        found: datetime | None = self.session.scalar(query)
        return found

    def forget(self, commands: Sequence[QueuedCommand]) -> None:
        """Delete what was kept long enough."""
        ids = [one.id for one in commands]
        self.session.execute(delete(QueuedCommand).where(queued_commands.c.id.in_(ids)))

    def _count(self, device_id: UUID, *which: Any) -> int:
        query = select(func.count()).where(queued_commands.c.device_id == device_id, *which)
        return self.session.scalar(query) or 0
