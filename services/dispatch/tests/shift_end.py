"""The end of a shift at the dispatch centre: two dispatchers, their supervisor, and the timers of
the unit, each of which goes off at its own time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.adapters.daily_checks import daily_checks
from dispatch.domain.daily_checks import Answer, DailyCheck
from dispatch.domain.handovers import Handover
from dispatch.use_cases.handovers import propose_handover, sign_handover
from dispatch.use_cases.open_reasons import give_reason
from shared.tables import timers
from shared.testing import emitted

from .company import DISPATCHER, SIGNED, Asker, add, asker
from .office import Office

UNIT = "dispatch-centre"
SECOND = asker(9, UNIT, "dispatcher")
WHY = Answer(reason="The lock has not come", instruction="Fetch it at nine")


class ShiftEnd(Office):
    """The office with a second dispatcher."""

    def __init__(self, sessions: Any, rulebook: Any) -> None:
        super().__init__(sessions, rulebook)
        with self.open() as tx:
            add(tx, SECOND)

    def waiting(self) -> list[Any]:
        """All timers but those of calendars, what is due first in front."""
        query = select(timers).where(timers.c.kind != "calendar.renewal")
        with self.sessions() as session:
            return list(session.execute(query.order_by(timers.c.due_at, timers.c.kind)))

    def due(self, kind: str, unit: str = UNIT) -> datetime | None:
        """When the timer of a unit goes off."""
        about = f"org_unit/{unit}"
        due = {row.due_at for row in self.waiting() if (row.kind, row.subject) == (kind, about)}
        return next(iter(due), None)

    def told_of(self, kind: str) -> list[dict[str, Any]]:
        """What was told of that kind, each held against its contract."""
        with self.sessions() as session:
            of = f"dispatch.{kind}.v1"
            return [data for type_, data in emitted(session) if type_ == of]

    def lists(self, unit: str = UNIT) -> list[Any]:
        query = select(daily_checks).where(daily_checks.c.org_unit == unit)
        with self.sessions() as session:
            return list(session.execute(query.order_by(daily_checks.c.ends_at)))

    def last(self) -> DailyCheck:
        """The last list."""
        with self.open() as tx:
            found = tx.daily_checks.latest(UNIT)
            assert found is not None
            tx.session.expunge(found)
            return found

    def entries(self) -> list[Any]:
        with self.open() as tx:
            found = [*tx.daily_checks.entries(self.list_id)]
            tx.session.expunge_all()
            return found

    @property
    def list_id(self) -> UUID:
        return UUID(str(self.lists()[-1].id))

    def answer(
        self, order_id: UUID | None = None, answer: Answer = WHY, by: Asker = DISPATCHER
    ) -> Any:
        """Give the reason of an order, by default of the last one."""
        about = order_id or self.order_id
        return self.do(give_reason, self.list_id, about, answer=answer, caller=by)

    def propose(
        self,
        by: Asker = DISPATCHER,
        *,
        to: Asker | None = None,
        digest: str | None = None,
        list_id: UUID | None = None,
    ) -> Handover:
        how = {"signed": SIGNED, "digest": digest, "to_id": UUID(to.id) if to else None}
        made: Handover = self.do(propose_handover, list_id or self.list_id, caller=by, **how)
        self.handover = made
        return made

    def sign_list(self, by: Asker = SECOND, *, digest: str | None = None) -> Handover:
        how = {"signed": SIGNED, "digest": digest or self.handover.digest}
        signed: Handover = self.do(sign_handover, self.handover.id, caller=by, **how)
        return signed


def fire_once(office: ShiftEnd, kind: str, unit: str = UNIT) -> None:
    """Let the timer of a unit go off now, however late."""
    row = next(one for one in office.waiting() if one.kind == kind and unit in one.subject)
    office.fire(row)
