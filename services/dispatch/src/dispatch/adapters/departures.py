"""Where departures are kept: those ahead, and who took over from whom."""

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Select, String, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.departures import Departure, DepartureState, Reason
from shared.rules import NotFound
from shared.tables import UtcDateTime, by_value

departures = Table(
    "departures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("leaves_at", UtcDateTime, nullable=False),
    Column("reason", by_value(Reason), nullable=False),
    Column("successor_id", ForeignKey("people.id")),
    Column("note", Text),
    Column("announced_at", UtcDateTime, nullable=False),
    Column("announced_by", String(80), nullable=False),
    Column("state", by_value(DepartureState), nullable=False),
    Column("version", Integer, nullable=False),
)

mapping.map_imperatively(Departure, departures, version_id_col=departures.c.version)


class Departures:
    """The departures of one database session. Whoever changes one holds the person's row."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, departure: Departure) -> None:
        self.session.add(departure)
        self.session.flush()

    def known(self, departure_id: UUID) -> Departure:
        """Raises NoResultFound."""
        return self.session.get_one(Departure, departure_id)

    def get(self, departure_id: UUID, *, of: UUID) -> Departure:
        """A departure of that person. Raises NotFound."""
        found = self.session.scalar(self.of(of).where(departures.c.id == departure_id))
        if found is None:
            raise NotFound("There is no such departure.")
        return found

    def of(self, person_id: UUID) -> Select[Departure]:
        """The query of the departures of one person."""
        return select(Departure).where(departures.c.person_id == person_id)

    def ahead(self, person_id: UUID) -> Departure | None:
        """The departure of a person that is announced, if any; there is no more than one."""
        query = self.of(person_id).where(departures.c.state == DepartureState.ANNOUNCED)
        return self.session.scalar(query)

    def last(self, person_id: UUID) -> Departure | None:
        """The departure by which a person left last, if any."""
        query = self.of(person_id).where(departures.c.state == DepartureState.DONE)
        latest = query.order_by(departures.c.leaves_at.desc(), departures.c.id.desc())
        return self.session.scalar(latest.limit(1))
