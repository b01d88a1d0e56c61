"""The devices that send commands, and whose they are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Select, Table, Uuid, exists, func, or_, select
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.adapters.people import posts
from dispatch.domain.callers import Caller
from dispatch.domain.command_queues import CommandQueue
from shared.outbox import upsert
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime

command_queues = Table(
    "command_queues",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("first_used_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", Uuid),
)
mapping.map_imperatively(CommandQueue, command_queues)


class CommandQueues:
    """The queues of all devices. What answers a caller goes through ``seen``."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def hold(self, device_id: UUID, *, person_id: UUID, now: datetime) -> CommandQueue:
        """The queue of a device, which is whoever uses it first; nobody else goes on with it until
        the commit."""
        made = {"id": device_id, "person_id": person_id, "answered": 0}
        first = upsert(self.session.get_bind().dialect)(command_queues).values(
            **made, first_used_at=now, last_used_at=now
        )
        self.session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
        return self.known(device_id)

    def take(self, device_id: UUID, caller: Caller) -> CommandQueue:
        """As ``get``; nobody else goes on with the queue until the commit. Raises NotFound."""
        return self._one(self.seen(caller), device_id)

    def get(self, device_id: UUID, caller: Caller) -> CommandQueue:
        """Raises NotFound."""
        query = self.seen(caller).where(command_queues.c.id == device_id)
        return _known(self.session.scalar(query))

    def find(self, device_id: UUID) -> CommandQueue | None:
        """A queue whoever asks, or None; for checks that show nothing of it."""
        return self.session.get(CommandQueue, device_id)

    def known(self, device_id: UUID) -> CommandQueue:
        """A queue whoever asks, locked; for what the service does by itself."""
        return self._one(select(CommandQueue), device_id)

    def seen(self, caller: Caller) -> Select[CommandQueue]:
        """The caller's own devices, and those of people who hold a post in his units."""
        of = command_queues.c
        own = of.person_id == _id_of(caller)
        held = exists().where(posts.c.person_id == of.person_id, within(posts.c.unit, caller.unit))
        return select(CommandQueue).where(or_(own, held))

    def in_use_by(self, person_id: UUID) -> int:
        """How many devices a person has that were not revoked."""
        of = command_queues.c
        query = select(func.count()).where(of.person_id == person_id, of.revoked_at.is_(None))
        return self.session.scalar(query) or 0

    def _one(self, query: Select[CommandQueue], device_id: UUID) -> CommandQueue:
        held = query.where(command_queues.c.id == device_id).with_for_update(of=command_queues)
        fresh = held.execution_options(populate_existing=True)
        return _known(self.session.scalar(fresh))


def _known(found: CommandQueue | None) -> CommandQueue:
    if found is None:
        raise NotFound("There is no such device, or none that you may see.")
    return found


def _id_of(caller: Caller) -> UUID:
    try:
        return UUID(caller.id)
    except ValueError:
        return UUID(int=0)
