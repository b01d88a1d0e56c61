"""Where the daily checks of units are kept: the rounds, the lists, and what stands on them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.adapters.people import people, posts
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.daily_checks import DailyCheck, Entry
from dispatch.domain.shift_ends import APART, Key, Round
from dispatch.domain.work_order_states import ENDS, State
from dispatch.domain.work_orders import WorkOrder
from shared.columns import BecauseColumn
from shared.outbox import upsert
from shared.rules import NotFound
from shared.scope import within
from shared.tables import Json, UtcDateTime, by_value

daily_rounds = Table(
    "daily_rounds",
    metadata,
    Column("unit", String(60), primary_key=True),
    Column("after", UtcDateTime, nullable=False),
    Column("pending_day", Date),
    Column("pending_shift", String(60)),
    Column("pending_ends_at", UtcDateTime),
)
daily_checks = Table(
    "daily_checks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("shift", String(60), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("by_state", Json, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("carried_over", Integer, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("told", Integer, nullable=False),
    Column("handed_over_at", UtcDateTime),
    UniqueConstraint("org_unit", "day", "shift"),
)
daily_check_entries = Table(
    "daily_check_entries",
    metadata,
    Column("daily_check_id", ForeignKey("daily_checks.id"), primary_key=True),
    Column("work_order_id", ForeignKey("work_orders.id"), primary_key=True),
    Column("order_no", String(80)),
    Column("state", by_value(State), nullable=False),
    Column("owner_id", Uuid),
    Column("dispatcher_id", Uuid),
    Column("receiver_id", Uuid),
    Column("due_at", UtcDateTime, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("days_open", Integer, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("reason", Text),
    Column("instruction", Text),
    Column("answered_by", Uuid),
    Column("answered_at", UtcDateTime),
)

mapping.map_imperatively(Round, daily_rounds)
mapping.map_imperatively(DailyCheck, daily_checks)
mapping.map_imperatively(Entry, daily_check_entries)


class DailyChecks:
    """The rounds of all units, and the lists that were made in them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def join(self, unit: str, *, now: datetime) -> bool:
        """Let an order lie in ``unit``; True when it is the first one there.

        It waits for whoever is signing the list of that unit, and he for it: no order gets into a
        list while it is signed.
        """
        known = select(daily_rounds.c.unit).where(daily_rounds.c.unit == unit)
        known = known.with_for_update(read=True, key_share=True)
        if self.session.scalar(known) is not None:
            return False
        made = upsert(self.session.get_bind().dialect)(daily_rounds).values(unit=unit, after=now)
        made = made.on_conflict_do_nothing().returning(daily_rounds.c.unit)
        first = self.session.scalar(made) is not None
        if not first:
            self.session.scalar(known)
        return first

    def lock_round(self, unit: str) -> Round:
        """The round of a unit, for one transaction at a time. Raises NoResultFound."""
        query = select(Round).where(daily_rounds.c.unit == unit).with_for_update()
        return self.session.execute(
            query, execution_options={"populate_existing": True}
        ).scalar_one()

    def units_below(self, unit: str) -> Sequence[str]:
        """The units at or below one that have a round."""
        query = select(daily_rounds.c.unit).where(within(daily_rounds.c.unit, unit))
        return self.session.scalars(query.order_by(daily_rounds.c.unit)).all()

    def done(self, round: Round) -> set[Key]:
        """The ends about which the round may still ask and that have a list."""
        first = round.after.date() - timedelta(days=APART + 1)
        of = daily_checks.c
        query = select(of.day, of.shift).where(of.org_unit == round.unit, of.day >= first)
        return {(row.day, row.shift) for row in self.session.execute(query)}

    def add(self, check: DailyCheck, entries: Collection[Entry]) -> None:
        """Store a list with what stands on it."""
        self.session.add(check)
        self.session.flush()
        self.session.add_all(entries)

    def add_entry(self, entry: Entry) -> None:
        self.session.add(entry)

    def get(self, check_id: UUID, *, seen_from: str) -> DailyCheck:
        """Raises NotFound."""
        seen = within(daily_checks.c.org_unit, seen_from)
        found = self.session.scalar(select(DailyCheck).where(daily_checks.c.id == check_id, seen))
        if found is None:
            raise NotFound("There is no such list, or none that you may see.")
        return found

    def known(self, check_id: UUID) -> DailyCheck:
        """A list whoever asks; for what the service does by itself. Raises NoResultFound."""
        return self.session.get_one(DailyCheck, check_id, populate_existing=True)

    def latest(self, unit: str) -> DailyCheck | None:
        """The last list of a unit."""
        query = self.of_unit(unit).order_by(daily_checks.c.ends_at.desc(), daily_checks.c.id.desc())
        return self.session.scalar(query.limit(1))

    def of_unit(self, unit: str) -> Select[DailyCheck]:
        """The query of the lists of a unit."""
        return select(DailyCheck).where(daily_checks.c.org_unit == unit)

    def entries(self, check_id: UUID) -> Sequence[Entry]:
        """What stands on a list, by the ids of the orders."""
        of = daily_check_entries.c
        query = select(Entry).where(of.daily_check_id == check_id).order_by(of.work_order_id)
        return self.session.scalars(query).all()

    def entry(self, check_id: UUID, order_id: UUID) -> Entry | None:
        return self.session.get(Entry, (check_id, order_id))

    def answered(self, order_id: UUID) -> Sequence[Entry]:
        """What was written of an order on all lists, the earliest first."""
        of = daily_check_entries.c
        query = select(Entry).where(of.work_order_id == order_id, of.answered_at.is_not(None))
        return self.session.scalars(query.order_by(of.answered_at)).all()

    def unanswered(self, check: DailyCheck) -> Sequence[UUID]:
        """The open orders of the list's unit that have no reason on it, by their ids."""
        of, on = work_orders.c, daily_check_entries.c
        known = select(on.work_order_id).where(
            on.daily_check_id == check.id, on.answered_at.is_not(None)
        )
        query = select(of.id).where(of.org_unit == check.org_unit, of.state.not_in(ENDS))
        return self.session.scalars(query.where(of.id.not_in(known)).order_by(of.id)).all()

    def order_in(self, unit: str, order_id: UUID) -> WorkOrder:
        """An order that lies in a unit. Raises NotFound."""
        of = work_orders.c
        found = self.session.scalar(select(WorkOrder).where(of.id == order_id, of.org_unit == unit))
        if found is None:
            raise NotFound("There is no such work order in this unit.")
        return found

    def open_orders(self, unit: str, *, lock: bool = False) -> Sequence[WorkOrder]:
        """What lies in a unit and has not ended, drafts too, by its ids; locked, nobody changes any
        of it before the transaction ends, and it is as the last one left it."""
        of = work_orders.c
        query = select(WorkOrder).where(of.org_unit == unit, of.state.not_in(ENDS)).order_by(of.id)
        query = query.with_for_update() if lock else query
        found = self.session.scalars(query, execution_options={"populate_existing": lock})
        return found.all()

    def count_since(self, unit: str, since: datetime) -> tuple[int, int]:
        """How many orders of a unit were opened since then, and how many completed."""
        of = work_orders.c
        counts = select(func.count()).where(of.org_unit == unit)
        opened = self.session.scalar(counts.where(of.opened_at >= since))
        completed = self.session.scalar(counts.where(of.completed_at >= since))
        return opened or 0, completed or 0

    def dispatchers(self, unit: str, roles: Collection[str]) -> Sequence[UUID]:
        """Who is there and holds one of ``roles`` in the unit itself, by their ids."""
        query = (
            select(posts.c.person_id)
            .join(people, people.c.id == posts.c.person_id)
            .where(posts.c.unit == unit, posts.c.role.in_(roles), people.c.active)
        )
        return self.session.scalars(query.distinct().order_by(posts.c.person_id)).all()
