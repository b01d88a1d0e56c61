"""The staff of the sample company, and a desk at which customers are cared for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.mapping import Customer, Visit
from customer.adapters.transaction import CustomerTransaction
from customer.consumers import SUBSCRIPTIONS, TIMERS
from customer.domain.kinds import Kind
from customer.domain.visit_reports import VisitRecord
from customer.domain.visit_rules import VisitMode
from customer.main import RULEBOOK
from customer.use_cases import customers, visits
from shared import tables
from shared.policy import activate
from shared.subscriptions import Fired
from shared.testing import emitted
from shared.transaction import Begin

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(*when: int) -> datetime:
    """A wall clock time in Shanghai."""
    return datetime(*when, tzinfo=SHANGHAI)  # type: ignore[arg-type,misc]


MONDAY_10 = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)

# Name: unit, role, superior.
STAFF = {
    "head-north": ("region-north", "department_head", None),
    "head-south": ("region-south", "department_head", None),
    "north": ("region-north", "customer_service_team", "head-north"),
    "south": ("region-south", "customer_service_team", "head-south"),
}
PEOPLE = {name: UUID(int=0x7000_8000 << 64 | n) for n, name in enumerate(STAFF, start=1)}


@dataclass(frozen=True)
class Asker:
    """Somebody who runs a use case."""

    id: str
    unit: str


# What the packs ask of a report.
SECTIONS = {"usage": "daily", "feedback": "content"}
HQ = Asker("00000000-0000-7000-8000-0000000000ff", "hq")


@dataclass
class Desk:
    """Runs use cases, each in a transaction of its own, at the time that ``now`` shows."""

    begin: Begin[CustomerTransaction]
    sessions: sessionmaker[Session]
    now: datetime

    @contextmanager
    def open(self) -> Iterator[CustomerTransaction]:
        with self.begin(now=self.now.astimezone(UTC)) as tx:
            yield tx

    def do(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.open() as tx:
            return use_case(tx, *args, **kwargs)

    def register(self, number: str = "F-1", **fields: Any) -> Customer:
        given = {"name": "River Shop", "kind": Kind.FRANCHISEE, "org_unit": "shop-01"}
        given |= {"duplicate_reason": "Another shop of that name.", **fields}
        made: Customer = self.do(customers.register_customer, caller=HQ, number=number, **given)
        return made

    def change(self, customer: Customer, **fresh: Any) -> Customer:
        with self.open() as tx:
            found = tx.customers.get(customer.id, unit="hq")
            return customers.change_customer(tx, found, fresh=fresh, caller=HQ)

    def follow(self, unit: str, *packs: str, since: date = date(2026, 1, 1)) -> None:
        """Let ``unit`` and those below it follow ``packs``, the highest rank first."""
        self.do(activate, unit, packs, since, rulebook=RULEBOOK)

    def complete(self, customer: Customer, *, on: date, report: str = "all well") -> Visit:
        """Report on the open visit of a customer."""
        with self.open() as tx:
            (visit,) = tx.visits.open_of(customer.id).values()
            given = {"completed_on": on, "mode": VisitMode.TELEPHONE, "report": report}
            given["record"] = VisitRecord(sections=SECTIONS)
            return visits.complete_visit(tx, visit, **given, caller=HQ)

    def open_visits(self, customer: Customer) -> list[Visit]:
        with self.open() as tx:
            return list(tx.visits.open_of(customer.id).values())

    def visit(self, customer: Customer) -> Visit:
        """The one open visit of a customer."""
        (visit,) = self.open_visits(customer)
        return visit

    def receive(self, type_: str, **data: Any) -> None:
        """Handle an event of another service as the applier does."""
        subscription = SUBSCRIPTIONS[type_]
        with self.open() as tx:
            subscription.handler(tx, None, subscription.reads.load(data))

    def fire(self) -> str:
        """Fire the earliest timer at its own due time; returns its kind."""
        with self.sessions() as session:
            due = select(tables.timers).order_by(tables.timers.c.due_at).limit(1)
            row = session.execute(due).one()
        self.now = max(self.now, row.due_at)
        with self.open() as tx:
            tx.cancel_timer(row.kind, row.subject)
            TIMERS[row.kind](tx, Fired(row.kind, row.subject, row.due_at, row.data))
        return str(row.kind)

    def told(self, type_: str) -> list[dict[str, Any]]:
        """The data of every event of that type, oldest first, held against its contract."""
        with self.sessions() as session:
            return [data for kind, data in emitted(session) if kind == f"customer.{type_}.v1"]

    def types(self) -> list[str]:
        """The kinds of everything that was told."""
        with self.sessions() as session:
            return [kind.split(".")[1] for kind, _ in emitted(session)]

    def timers(self) -> dict[tuple[str, str], datetime]:
        """When each pending timer is due, in Shanghai, by kind and subject."""
        with self.sessions() as session:
            rows = session.execute(select(tables.timers))
            return {(row.kind, row.subject): row.due_at.astimezone(SHANGHAI) for row in rows}

    def classes(self, customer: Customer) -> dict[str, str]:
        """The classes that the service worked out for a customer, by scheme."""
        with self.open() as tx:
            found = tx.grades.computed(customer.id)
            return {scheme: grade.grade for scheme, grade in found.items()}

    def journal(self, kind: str) -> list[dict[str, Any]]:
        with self.sessions() as session:
            rows = session.execute(select(tables.journal).where(tables.journal.c.kind == kind))
            return [row.data for row in rows]

    def audited(self, action: str) -> list[Any]:
        with self.sessions() as session:
            rows = session.execute(select(tables.audit).where(tables.audit.c.action == action))
            return list(rows)
