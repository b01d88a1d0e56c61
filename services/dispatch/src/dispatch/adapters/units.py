"""Where units are kept: each one itself, and its place among all for scopes and calendars."""

from sqlalchemy import Column, Integer, Select, String, Table, select
from sqlalchemy.orm import Session

from dispatch.adapters.columns import CalendarColumn, PlanColumn, mapping, metadata
from dispatch.domain.units import Unit, UnitKind
from shared import org_units
from shared.rules import NotFound, UnitUnknown
from shared.scope import may_see, within
from shared.tables import by_value
from shared.working_time import Calendar, round_the_clock

units = Table(
    "units",
    metadata,
    Column("unit", String(60), primary_key=True),
    Column("parent", String(60)),
    Column("kind", by_value(UnitKind), nullable=False),
    Column("name", String(120), nullable=False),
    Column("plan", PlanColumn),  # the calendar as it was asked for
    Column("calendar", CalendarColumn),  # the same, laid out in dates
    Column("version", Integer, nullable=False),
)

mapping.map_imperatively(Unit, units, version_id_col=units.c.version)


def calendar_in_force(session: Session, unit: str) -> Calendar:
    """The calendar by which ``unit`` works; that of plain time in UTC where none was given."""
    try:
        return org_units.calendar_of(session, unit)
    except org_units.CalendarMissing:
        return round_the_clock("UTC")


class Units:
    """All units. ``seen_from`` is the unit of the one who asks: he sees it and those below it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, unit: Unit) -> None:
        """Store a unit, new or changed. Raises Invalid for a unit above itself or too far down."""
        self.session.add(unit)
        org_units.define(
            self.session,
            unit=unit.unit,
            parent=unit.parent,
            kind=unit.kind.value,
            name=unit.name,
            calendar=unit.calendar.to_data() if unit.calendar else None,
        )

    def exists(self, unit: str) -> bool:
        """Whether the code is taken, seen or not."""
        return self.session.get(Unit, unit) is not None

    def get(self, unit: str, *, seen_from: str) -> Unit:
        """Raises NotFound."""
        found = self.session.scalar(self.seen(seen_from).where(units.c.unit == unit))
        if found is None:
            raise NotFound("There is no such unit, or none that you may see.")
        return found

    def known(self, unit: str) -> Unit:
        """A unit whoever asks; for what the service does by itself. Raises NoResultFound."""
        return self.session.get_one(Unit, unit)

    def seen(self, seen_from: str) -> Select[Unit]:
        """The units that may be seen from one."""
        return select(Unit).where(within(units.c.unit, seen_from))

    def require(self, unit: str, *, seen_from: str) -> None:
        """Refuse to name a unit that cannot be seen, known or not. Raises UnitUnknown."""
        if not may_see(self.session, principal_unit=seen_from, unit=unit):
            raise UnitUnknown("The organisational unit is not known here.", unit=unit)

    def lock(self, unit: str) -> None:
        """Let those wait for each other who change what belongs to a unit."""
        query = select(units.c.unit).where(units.c.unit == unit).with_for_update()
        self.session.execute(query).all()

    def lock_all(self) -> None:
        """Let moves wait for each other: two at once could put two units above each other."""
        self.session.execute(select(units.c.unit).order_by(units.c.unit).with_for_update()).all()
