"""Where shifts and rosters are kept, and who is on duty at some time."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Uuid,
    or_,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import WeekdaysColumn, WindowColumn, mapping, metadata
from dispatch.adapters.people import people, posts
from dispatch.adapters.units import calendar_in_force
from dispatch.domain.shifts import APART, Duty, RosterEntry, Shift, Turn, days_around, only_turn
from shared.rules import NotFound
from shared.scope import within

shifts = Table(
    "shifts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("unit", String(60), nullable=False),
    Column("code", String(60), nullable=False),
    Column("name", String(80), nullable=False),
    Column("hours", WindowColumn, nullable=False),
    Column("weekdays", WeekdaysColumn, nullable=False),
    Column("on_holidays", Boolean, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    Column("version", Integer, nullable=False),
    Index("ix_shifts_unit_code", "unit", "code"),
)
roster_entries = Table(
    "roster_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("shift_id", ForeignKey("shifts.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    Column("version", Integer, nullable=False),
)

mapping.map_imperatively(Shift, shifts, version_id_col=shifts.c.version)
mapping.map_imperatively(RosterEntry, roster_entries, version_id_col=roster_entries.c.version)


class Shifts:
    """The shifts of all units and their rosters."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, made: Shift | RosterEntry) -> None:
        self.session.add(made)
        self.session.flush()

    def held(self, shift_id: UUID, *, seen_from: str) -> Shift:
        """A shift that nobody else ends, and for which nobody else is entered, meanwhile. Raises
        NotFound."""
        query = select(Shift).where(shifts.c.id == shift_id, within(shifts.c.unit, seen_from))
        found = self.session.scalar(query.with_for_update())
        if found is None:
            raise NotFound("There is no such shift, or none that you may see.")
        return found

    def of_unit(self, unit: str) -> Select[Shift]:
        """The query of the shifts that a unit has or had."""
        return select(Shift).where(shifts.c.unit == unit)

    def held_entry(self, entry_id: UUID, *, seen_from: str) -> RosterEntry:
        """An entry that nobody else ends meanwhile. Raises NotFound."""
        query = (
            select(RosterEntry)
            .join(shifts, shifts.c.id == roster_entries.c.shift_id)
            .where(roster_entries.c.id == entry_id, within(shifts.c.unit, seen_from))
        )
        found = self.session.scalar(query.with_for_update(of=roster_entries))
        if found is None:
            raise NotFound("There is no such entry, or none that you may see.")
        return found

    def roster(
        self, unit: str, *, first: date, last: date, person_id: UUID | None = None
    ) -> Select[RosterEntry]:
        """The query of who works a shift of ``unit`` on any day from ``first`` to ``last``."""
        query = select(RosterEntry).join(shifts, shifts.c.id == roster_entries.c.shift_id)
        query = query.where(shifts.c.unit == unit, _on_any(roster_entries, first, last))
        return query.where(roster_entries.c.person_id == person_id) if person_id else query

    def entries_of(self, shift_id: UUID) -> Sequence[RosterEntry]:
        """Who works or worked a shift."""
        query = select(RosterEntry).where(roster_entries.c.shift_id == shift_id)
        return self.session.scalars(query.order_by(roster_entries.c.id)).all()

    def is_taken(self, shift: Shift) -> bool:
        """Whether the unit has another shift of the same code on any of its days."""
        on_any = _on_any(shifts, shift.first_day, shift.last_day)
        same = self.of_unit(shift.unit).where(shifts.c.code == shift.code, on_any)
        return self.session.scalar(same.limit(1)) is not None

    def duties_around(self, person_id: UUID, day: date) -> Sequence[Duty]:
        """What somebody works about a day or later: a shift of any zone and over midnight may
        reach into a day that it began up to two days before."""
        later = _on_any(roster_entries, day - APART, None)
        query = (
            select(RosterEntry, Shift)
            .join(shifts, shifts.c.id == roster_entries.c.shift_id)
            .where(roster_entries.c.person_id == person_id, later)
            .order_by(roster_entries.c.id)
        )
        return [self.duty(entry, shift) for entry, shift in self.session.execute(query)]

    def duty(self, entry: RosterEntry, shift: Shift) -> Duty:
        """An entry with its shift by the clock of the shift's unit."""
        return Duty(entry, shift, calendar_in_force(self.session, shift.unit).timezone)

    def turns(self, unit: str, day: date) -> Sequence[Turn]:
        """The shifts of ``unit`` that begin on a local day, the earliest first. Where it has none
        on that day they are the windows of its calendar taken as one."""
        calendar = calendar_in_force(self.session, unit)
        query = self.of_unit(unit).where(_on_any(shifts, day, day)).order_by(shifts.c.code)
        found = self.session.scalars(query).all()
        made = [shift.turn(day, calendar) for shift in found] or [only_turn(unit, day, calendar)]
        return sorted((turn for turn in made if turn), key=lambda turn: turn.starts_at)

    def running(self, unit: str, at: datetime) -> Sequence[Turn]:
        """The shifts of ``unit`` that run at some time, by its own calendar or that above it."""
        days = days_around(at, calendar_in_force(self.session, unit).timezone)
        return [turn for day in days for turn in self.turns(unit, day) if turn.runs(at)]

    def on_duty(self, unit: str, at: datetime) -> Sequence[UUID]:
        """Who works a shift of ``unit`` at some time, by their ids: those on its roster or, where
        it has no shifts, all with a post in it. Whoever has left is on no duty."""
        found = {person for turn in self.running(unit, at) for person in self.crew(turn)}
        return sorted(found)

    def crew(self, turn: Turn) -> Sequence[UUID]:
        """Who works a shift on its day."""
        if turn.shift_id is None:
            query = select(posts.c.person_id).where(posts.c.unit == turn.unit)
        else:
            on_it = roster_entries.c.shift_id == turn.shift_id
            query = select(roster_entries.c.person_id)
            query = query.where(on_it, _on_any(roster_entries, turn.day, turn.day))
        there = select(people.c.id).where(people.c.active, people.c.id.in_(query))
        return self.session.scalars(there.order_by(people.c.id)).all()

    def of(self, person_id: UUID, at: datetime) -> Sequence[Turn]:
        """The shifts in which somebody is on duty at some time: mostly one or none."""
        working = select(shifts.c.unit).join(
            roster_entries, roster_entries.c.shift_id == shifts.c.id
        )
        working = working.where(roster_entries.c.person_id == person_id)
        held = select(posts.c.unit).where(posts.c.person_id == person_id)
        units = sorted({*self.session.scalars(working), *self.session.scalars(held)})
        running = [turn for unit in units for turn in self.running(unit, at)]
        return [turn for turn in running if person_id in self.crew(turn)]


def _on_any(table: Table, first: date, last: date | None) -> ColumnElement[bool]:
    """The condition that a period shares a day with the one from ``first`` to ``last``."""
    # What was called off before it began has its last day before its first, and shares none.
    begun = table.c.first_day <= last if last else table.c.first_day.is_not(None)
    goes_on = or_(table.c.last_day.is_(None), table.c.last_day >= first)
    real = or_(table.c.last_day.is_(None), table.c.last_day >= table.c.first_day)
    return begun & goes_on & real
