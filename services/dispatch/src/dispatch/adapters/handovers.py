"""Where hand-overs between dispatchers are kept; a unit has one that waits at most."""

from collections.abc import Mapping
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
    Uuid,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import SignatureColumn, mapping, metadata
from dispatch.adapters.people import people, posts
from dispatch.domain.handover_lists import Line
from dispatch.domain.handovers import Handover, State, Why
from dispatch.domain.people import Person
from shared.columns import AsJson, BecauseColumn
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime, by_value


def _lines(data: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(work_order_id=UUID(one["work_order_id"]), text=one["text"]) for one in data)


def _ids(data: list[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, data))


handovers = Table(
    "handovers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("daily_check_id", ForeignKey("daily_checks.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("from_id", Uuid, nullable=False),
    Column("to_id", Uuid),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("lines", AsJson(_lines), nullable=False),
    Column("outgoing", SignatureColumn, nullable=False),
    Column("incoming", SignatureColumn),
    Column("state", by_value(State), nullable=False),
    Column("voided_at", UtcDateTime),
    Column("void_reason", by_value(Why)),
    Column("differing", AsJson(_ids), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("version", Integer, nullable=False),
)
# Two proposals at once: one of them is tried again and voids the other.
Index(
    "uq_handovers_waiting",
    handovers.c.org_unit,
    unique=True,
    postgresql_where=handovers.c.state == State.PROPOSED,
    sqlite_where=handovers.c.state == State.PROPOSED,
)

mapping.map_imperatively(Handover, handovers, version_id_col=handovers.c.version)


class Handovers:
    """The hand-overs of all units."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, handover: Handover) -> None:
        """Store a hand-over; whichever waited before is voided and written by then."""
        self.session.flush()
        self.session.add(handover)

    def get(self, handover_id: UUID, *, seen_from: str) -> Handover:
        """Raises NotFound."""
        seen = within(handovers.c.org_unit, seen_from)
        found = self.session.scalar(select(Handover).where(handovers.c.id == handover_id, seen))
        if found is None:
            raise NotFound("There is no such hand-over, or none that you may see.")
        return found

    def refresh(self, handover: Handover) -> None:
        """Read again what another transaction may have decided while one waited for it."""
        self.session.refresh(handover)

    def waiting(self, unit: str) -> Handover | None:
        """The hand-over of a unit that waits for its second signature."""
        query = self._of(unit).where(handovers.c.state == State.PROPOSED)
        return self.session.scalar(query)

    def latest(self, unit: str) -> Handover | None:
        """The last hand-over of a unit that was not voided."""
        query = self._of(unit).where(handovers.c.state != State.VOIDED)
        query = query.order_by(handovers.c.proposed_at.desc(), handovers.c.id.desc())
        return self.session.scalar(query.limit(1))

    def waits_for(self, person_id: UUID) -> UUID | None:
        """A hand-over that waits where a person has a post, and that another has proposed."""
        held = select(posts.c.unit).where(posts.c.person_id == person_id)
        of = handovers.c
        mine = of.to_id.is_(None) | (of.to_id == person_id)
        waiting = select(of.id).where(of.state == State.PROPOSED, of.org_unit.in_(held), mine)
        return self.session.scalar(waiting.where(of.from_id != person_id).order_by(of.id).limit(1))

    def hold_person(self, person_id: UUID) -> Person:
        """A person who cannot leave before the transaction ends. Raises NoResultFound."""
        query = select(Person).where(people.c.id == person_id).with_for_update(read=True)
        return self.session.execute(
            query, execution_options={"populate_existing": True}
        ).scalar_one()

    def _of(self, unit: str) -> Select[Handover]:
        return select(Handover).where(handovers.c.org_unit == unit)
