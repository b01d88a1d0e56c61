"""The sample company: its units, its calendar, its people, and what they do all the time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.people import Address, Person, Post
from dispatch.domain.signatures import Signed
from dispatch.domain.units import UnitKind
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.calendars import set_calendar
from dispatch.use_cases.people import add_person
from dispatch.use_cases.units import define_unit
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.policy import Rulebook
from shared.testing import UNITS, WEEK
from shared.transaction import beginner

FRIDAY = datetime(2026, 2, 13, 9, 0, 41, 500_000, tzinfo=UTC)  # 17:00 in Shanghai
PLAN = CalendarPlan(zone="Asia/Shanghai", week=WEEK, national="CN", holidays={}, workdays={})
ORDER = {
    "place": "Building 3, gate 2",
    "content": "The lock does not close",
    "requirements": "Bring a lock of the same make",
    "reply_due_at": FRIDAY + timedelta(days=1),
}


@dataclass(frozen=True)
class Asker:
    """Somebody who asks for something: as much of a token as a use case sees."""

    id: str
    unit: str
    roles: frozenset[str] = field(default_factory=frozenset)


def asker(number: int, unit: str, *roles: str) -> Asker:
    return Asker(id=str(UUID(int=number)), unit=unit, roles=frozenset(roles))


HR = asker(1, "hq", "hr_administrator")
DISPATCHER = asker(2, "dispatch-centre", "dispatcher")
SUPERVISOR = asker(3, "dispatch-centre", "dispatch_supervisor")
WORKER = asker(4, "region-north", "repair_worker")
CLERK = asker(5, "region-south", "sales_team")
SIGNED = Signed(name="Zhang San")
STAFF = (HR, DISPATCHER, SUPERVISOR, WORKER, CLERK)


def found(tx: DispatchTransaction) -> None:
    """Make the sample units under the company's calendar."""
    for unit, parent, kind in UNITS:
        define_unit(tx, unit=unit, parent=parent, kind=UnitKind(kind), name=unit, caller=HR)
    set_calendar(tx, tx.units.known("hq"), plan=PLAN)


def add(tx: DispatchTransaction, one: Asker, **fields: Any) -> Person:
    """Enter the person behind an asker, with a post for each of his roles."""
    given = {
        "name": f"Person {UUID(one.id).int}",
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "posts": tuple(Post(one.unit, role) for role in sorted(one.roles)),
        "addresses": (Address("log", "desk"),),
        **fields,
    }
    return add_person(tx, person_id=UUID(one.id), caller=HR, **given)


def make_company(sessions: sessionmaker[Session], rulebook: Rulebook) -> None:
    """Make the sample company in an empty database: its units, calendar and staff."""
    begin = beginner(sessions, partial(DispatchTransaction, rulebook=rulebook), "dispatch")
    with begin(now=FRIDAY) as tx:
        found(tx)
    with begin(now=FRIDAY) as tx:
        for one in STAFF:
            add(tx, one)


@dataclass(frozen=True)
class Cast:
    """Who asks in the tests, and what they do all the time."""

    hr: Asker = HR
    dispatcher: Asker = DISPATCHER
    supervisor: Asker = SUPERVISOR
    worker: Asker = WORKER
    clerk: Asker = CLERK
    signed: Signed = SIGNED

    def asker(self, number: int, unit: str, *roles: str) -> Asker:
        return asker(number, unit, *roles)

    def add(self, tx: DispatchTransaction, one: Asker, **fields: Any) -> Person:
        return add(tx, one, **fields)

    def draft(self, tx: DispatchTransaction, **fields: Any) -> WorkOrder:
        """A draft of the dispatcher for the worker, complete but for what ``fields`` blank."""
        given = {**ORDER, "receiver_id": UUID(WORKER.id), **fields}
        return draft_work_order(tx, caller=DISPATCHER, **given)

    def issue(self, tx: DispatchTransaction, **fields: Any) -> WorkOrder:
        """An order that the worker has to accept."""
        order = self.draft(tx, **fields)
        return issue_work_order(tx, order.id, caller=DISPATCHER)
