"""A whole company at work: people above people, an order, and time that passes timer by timer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.breaches import breaches
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.consumers import TIMERS
from dispatch.domain.departures import Reason
from dispatch.domain.people import Post
from dispatch.domain.progress import Progress
from dispatch.domain.unable import Decision
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.breaches import record_breach
from dispatch.use_cases.closing import archive_work_order, call_back, sign_work_order
from dispatch.use_cases.departures import announce_departure
from dispatch.use_cases.execution import (
    accept_work_order,
    complete_work_order,
    report_order_progress,
    start_work_order,
)
from dispatch.use_cases.overdue import take
from dispatch.use_cases.people import change_person
from dispatch.use_cases.unable import decide_on_unable, report_order_unable
from dispatch.use_cases.work_orders import (
    draft_work_order,
    issue_work_order,
    reassign_work_order,
)
from shared.envelope import Origin
from shared.policy import Rulebook
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import emitted
from shared.transaction import beginner

from .company import DISPATCHER, FRIDAY, HR, ORDER, SIGNED, SUPERVISOR, WORKER, Asker, add, asker

HEAD = asker(6, "region-north", "department_head")
MANAGER = asker(7, "hq", "general_manager")
ENGINEER = asker(8, "region-north", "engineer")
WORKING_DAY = timedelta(days=1)


class Office:
    """One order and those who have to do with it. The worker's superior is the head, and his the
    manager, above whom there is nobody."""

    def __init__(self, sessions: sessionmaker[Session], rulebook: Rulebook) -> None:
        self.attend(sessions, rulebook)
        with self.open() as tx:
            add(tx, MANAGER)
            add(tx, HEAD, superior_id=UUID(MANAGER.id))
            add(tx, ENGINEER, superior_id=UUID(HEAD.id))
        self.change(WORKER, superior_id=UUID(HEAD.id))

    def attend(self, sessions: sessionmaker[Session], rulebook: Rulebook) -> None:
        """Go on in a database in which all of them are known."""
        self.sessions = sessions
        self.begin = beginner(sessions, partial(DispatchTransaction, rulebook=rulebook), "dispatch")
        self.now = FRIDAY

    @contextmanager
    def open(self, by: Asker = HR) -> Iterator[DispatchTransaction]:
        with self.begin(now=self.now, origin=Origin(actor=by.id)) as tx:
            yield tx

    def do(self, act: Callable[..., Any], *args: Any, caller: Asker, **how: Any) -> Any:
        with self.open(caller) as tx:
            return act(tx, *args, caller=caller, **how)

    def change(self, one: Asker, **fresh: Any) -> None:
        """Change a person, and let those orders be looked at in which he has a part."""
        with self.open() as tx:
            found = tx.people.get(UUID(one.id), seen_from=HR.unit)
            change_person(tx, found, fresh=fresh, caller=HR)
        self.until(self.now)

    def leave(self, one: Asker) -> None:
        self.change(one, active=False)

    def depart(self, one: Asker, successor: Asker | None = None) -> None:
        """Leave at once, by the command that may name a successor."""
        asked = {"leaves_at": None, "reason": Reason.RESIGNED, "note": "The key lies at the gate"}
        named = successor and UUID(successor.id)
        self.do(announce_departure, UUID(one.id), successor_id=named, caller=HR, **asked)
        self.until(self.now)

    def return_(self, one: Asker) -> None:
        self.change(one, active=True)

    def lose_post(self, one: Asker) -> None:
        self.change(one, posts=(Post(one.unit, "shop_guide"),))

    def draft(self, **fields: Any) -> UUID:
        given = {**ORDER, "receiver_id": UUID(WORKER.id), **fields}
        order: WorkOrder = self.do(draft_work_order, caller=DISPATCHER, **given)
        self.order_id = order.id
        return order.id

    def issue(self, *, from_paper: bool = False, **fields: Any) -> UUID:
        self.draft(**fields)
        self.on(issue_work_order, DISPATCHER, from_paper=from_paper)
        return self.order_id

    def on(self, act: Callable[..., Any], caller: Asker, **how: Any) -> Any:
        """Do something with the order."""
        return self.do(act, self.order_id, caller=caller, **how)

    def accept(self, by: Asker = WORKER) -> None:
        self.on(accept_work_order, by, signed=SIGNED)

    def start(self, by: Asker = WORKER) -> None:
        self.on(start_work_order, by)

    def report(self, by: Asker = WORKER, *, after: timedelta = timedelta(days=2)) -> None:
        progress = Progress(text="Half is done", percent=50, expected_at=self.now + after)
        self.on(report_order_progress, by, progress=progress)

    def unable(self, by: Asker = WORKER) -> None:
        self.on(report_order_unable, by, reason="It needs a lift")

    def decide(
        self, decision: Decision, by: Asker = HEAD, receiver: Asker | None = None
    ) -> WorkOrder:
        receiver_id = UUID(receiver.id) if receiver else None
        told = {"decision": decision, "reason": "So be it", "receiver_id": receiver_id}
        order: WorkOrder = self.on(decide_on_unable, by, **told)
        return order

    def complete(self, by: Asker = WORKER) -> None:
        self.on(complete_work_order, by, remarks="Done", client=SIGNED)

    def call_back(self, by: Asker = DISPATCHER) -> None:
        self.on(call_back, by, method="telephone", satisfied=True, result="Good")

    def sign(self, by: Asker = DISPATCHER) -> None:
        self.on(sign_work_order, by, signed=SIGNED)

    def archive(self, by: Asker = DISPATCHER) -> None:
        self.on(archive_work_order, by)

    def reassign(self, to: Asker, by: Asker = SUPERVISOR) -> None:
        self.on(reassign_work_order, by, receiver_id=UUID(to.id), reason="He is gone")

    def record(self, code: str, by: Asker, *, items: int = 1) -> Any:
        with self.open(by) as tx:
            order = take(tx, self.order_id, caller=by)
            how: dict[str, Any] = {"code": code, "evidence": "A witness", "items": items}
            return record_breach(tx, order, caller=by, **how)

    def found(self) -> WorkOrder:
        with self.open() as tx:
            order = tx.work_orders.known(self.order_id)
            tx.session.expunge(order)
            return order

    def waiting(self) -> list[Any]:
        """The timers of the order, what is due first in front."""
        subject = f"work_order/{self.order_id}" if hasattr(self, "order_id") else ""
        query = select(timers).where(timers.c.subject == subject).order_by(timers.c.due_at)
        with self.sessions() as session:
            return list(session.execute(query))

    def until(self, at: datetime) -> None:
        """Let time pass; every timer goes off at its own time."""
        while (due := self.waiting()) and due[0].due_at <= at:
            self.now = max(self.now, due[0].due_at)
            self.fire(due[0])
        self.now = at

    def fire(self, row: Any) -> None:
        """Let one timer go off now."""
        with self.open() as tx:
            same = (timers.c.kind == row.kind, timers.c.subject == row.subject)
            tx.session.execute(timers.delete().where(*same))
            fired = Fired(kind=row.kind, subject=row.subject, due_at=row.due_at, data=row.data)
            TIMERS[row.kind](tx, fired)

    def told(self, kind: str) -> list[dict[str, Any]]:
        """What was told of that kind, each held against its contract."""
        with self.sessions() as session:
            of = f"dispatch.work_order_{kind}.v1"
            return [data for type_, data in emitted(session) if type_ == of]

    def breaches(self) -> list[Any]:
        with self.sessions() as session:
            return list(session.execute(select(breaches).order_by(breaches.c.occurred_at)))
