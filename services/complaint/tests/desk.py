"""A sample company with its staff, and a desk at which its persons work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from complaint.adapters.tables import penalties as penalty_table
from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers import TIMERS
from complaint.domain.case_contacts import NamedContact
from complaint.domain.clocks import Clock
from complaint.domain.complaint import Complaint
from complaint.domain.field_work import Assignment
from complaint.domain.handling_records import HandlingStage
from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.pauses import PauseReason
from complaint.domain.penalties import Penalty
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller, Role
from complaint.domain.sub_tasks import SubTask
from complaint.use_cases import (
    closed_loop,
    field_work,
    filing,
    handling,
    oversight,
    pauses,
    penalties,
    progress,
    records,
    review,
    satisfaction,
    sub_tasks,
)
from complaint.use_cases.case_contacts import FORGET
from complaint.use_cases.patterns import COUNT
from shared import tables
from shared.ids import new_id
from shared.penalty_ledger import confirm
from shared.policy import Rulebook, activate
from shared.subscriptions import Fired
from shared.testing import define_company, emitted
from shared.transaction import Begin, beginner

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Friday before the Spring Festival; the Saturday after it is a make-up working day.
FRIDAY_17 = datetime(2026, 2, 13, 17, tzinfo=SHANGHAI)

STAFF = {
    "assistant-north": ("region-north", Role.REGIONAL_SERVICE_ASSISTANT),
    "assistant-south": ("region-south", Role.REGIONAL_SERVICE_ASSISTANT),
    "reception": ("general-service", Role.FRANCHISE_RECEPTION_CLERK),
    "manager": ("general-service", Role.GENERAL_SERVICE_MANAGER),
    "supervisor": ("general-service", Role.GENERAL_SERVICE_SUPERVISOR),
    "clerk": ("general-service", Role.FRANCHISE_CLERK),
    "sales-director": ("sales-centre", Role.SALES_CENTRE_DIRECTOR),
    "admin-director": ("admin-centre", Role.ADMINISTRATION_CENTRE_DIRECTOR),
    "general-manager": ("hq", Role.GENERAL_MANAGER),
    "secretary": ("hq", Role.GM_MEETING_SECRETARY),
    "leader": ("admin-centre", Role.DEPARTMENT_LEADER),
    "head": ("admin-centre", Role.DEPARTMENT_HEAD),
    "oversight": ("hq", Role.COMPLAINT_OVERSIGHT),
    "account-manager": ("sales-centre", Role.ACCOUNT_MANAGER),
    "account-manager-2": ("hq", Role.ACCOUNT_MANAGER),
    "group-lead": ("hq", Role.KEY_ACCOUNT_GROUP),
    "marketing": ("sales-centre", Role.MARKETING_DIVISION),
    "group-support": ("admin-centre", Role.KEY_ACCOUNT_GROUP),
}
LEARNT = {
    "reason": "a seam is open",
    "course": "bought on Monday, open on Tuesday",
    "cause": "a thread broke",
    "place": "the shop",
    "shop_and_persons": "shop-01, Wang",
    "product": "sofa",
    "other_contacts": "none",
}
PEOPLE = {name: UUID(int=0x7000_8000 << 64 | n) for n, name in enumerate(STAFF, start=1)}


@dataclass
class Desk:
    """Runs use cases, each in a transaction of its own, at the time that ``now`` shows."""

    begin: Begin[ComplaintTransaction]
    sessions: sessionmaker[Session]
    people: dict[str, UUID]
    now: datetime

    def caller(self, name: str) -> Caller:
        """A person of the staff, who sees the whole company."""
        return Caller(self.people[name], frozenset({STAFF[name][1]}), "hq")

    @contextmanager
    def open(self) -> Iterator[ComplaintTransaction]:
        with self.begin(now=self.now.astimezone(UTC)) as tx:
            yield tx

    def do(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.open() as tx:
            return use_case(tx, *args, **kwargs)

    def follow(self, unit: str, *packs: str, since: date = date(2026, 1, 1)) -> None:
        """Let a unit follow packs of the rulebook that the desk was opened with."""
        with self.open() as tx:
            activate(tx, unit, packs, since, rulebook=tx.rulebook)

    def file(
        self,
        by: str = "assistant-north",
        *,
        details: Details | None = None,
        level: int | None = None,
        level_reason: str | None = None,
        contact: NamedContact | None = None,
        **facts: Any,
    ) -> Complaint:
        given: dict[str, Any] = {
            "org_unit": "shop-01",
            "complainant": Complainant.CONSUMER,
            "channel": Channel.TELEPHONE,
            "about": Subject.PRODUCT_QUALITY,
            "received_at": self.now,
            **facts,
        }
        complaint: Complaint = self.do(
            filing.file_complaint,
            by=self.caller(by),
            intake=Intake(**given),
            details=details or Details(respondent_department="logistics"),
            level=level,
            level_reason=level_reason,
            contact=contact,
        )
        return complaint

    def file_at_level(self, level: int, **facts: Any) -> Complaint:
        """A product complaint that the intake put at ``level``."""
        return self.file(level=level, level_reason="the matter is grave", **facts)

    def contact(self, complaint: Complaint, by: str = "assistant-north") -> Complaint:
        known = self.read(complaint).form.details
        own = {"occurred_at": complaint.intake.received_at, "product_code": complaint.number}
        told = {**LEARNT, **own}
        asked = {name: said for name, said in told.items() if not getattr(known, name)}
        learnt = {**asked, "reason": LEARNT["reason"], "course": LEARNT["course"]}
        return self._on(handling.make_first_contact, complaint, by, learnt=learnt)

    def handler(self, complaint: Complaint) -> str:
        """The name of the person who handles the complaint now."""
        handler_id = self.read(complaint).handler_id
        return next(name for name, known in self.people.items() if known == handler_id)

    def clock(self, complaint: Complaint, name: str = "first_contact") -> Clock:
        """The last clock of that name, as the database has it."""
        return self.read(complaint).timed[name]

    def wake(self, kind: str = "case.wake") -> None:
        """The earliest timer of that kind goes off, at its own time."""
        with self.sessions() as session:
            query = select(tables.timers).where(tables.timers.c.kind == kind)
            row = session.execute(query.order_by(tables.timers.c.due_at)).first()
        assert row is not None
        self.now = row.due_at
        with self.open() as tx:
            tx.cancel_timer(kind, row.subject)
            tx.flush()
            TIMERS[kind](tx, Fired(kind, row.subject, row.due_at, row.data))

    def hold(self, complaint: Complaint, *, until: datetime, by: str = "", **given: Any) -> Any:
        told = {"reason": PauseReason.WAITING_FOR_CUSTOMER, "note": "asked for a photo", **given}
        by = by or self.handler(complaint)
        return self._on(pauses.hold, complaint, by, until=until, **told)

    def resume(self, complaint: Complaint, by: str = "") -> Complaint:
        return self._on(pauses.resume, complaint, by or self.handler(complaint))

    def tell_progress(self, complaint: Complaint, by: str = "") -> Complaint:
        told = {"method": Method.TELEPHONE, "content": "the workshop has it"}
        by = by or self.handler(complaint)
        return self._on(progress.tell_progress, complaint, by, **told)

    def hear(self, complaint: Complaint, received_at: datetime | None = None) -> Complaint:
        """The complainant writes a message, which the assistant notes now."""
        told = {"channel": Channel.SMS, "content": "here it is", "received_at": received_at}
        return self._on(progress.receive_message, complaint, "assistant-north", **told)

    def take_over(self, complaint: Complaint, by: str) -> Complaint:
        return self._on(progress.take_over, complaint, by)

    def request_field_work(self, complaint: Complaint, by: str = "") -> Any:
        due = self.now + timedelta(days=3)
        wanted = Assignment("shop-01", "exchange the display", "bring a new one", due)
        by = by or self.handler(complaint)
        return self._on(field_work.request_field_work, complaint, by, assignment=wanted)

    def involve(self, complaint: Complaint, by: str = "", **given: Any) -> SubTask:
        """The handler asks the administration centre to do its part."""
        asked = {"department": "admin-centre", "content": "look the contract up", **given}
        task: SubTask = self._on(
            sub_tasks.open_sub_task, complaint, by or self.handler(complaint), **asked
        )
        return task

    def step(
        self, use_case: Callable[..., SubTask], task: SubTask, by: str, **given: Any
    ) -> SubTask:
        """A step of a sub-task."""
        return self.do(use_case, task.id, by=self.caller(by), **given)

    def record(self, complaint: Complaint, step: str, **given: Any) -> Any:
        """The handler writes down a step of the handling."""
        told = {"step": HandlingStage(step), "content": "as the file shows", **given}
        return self._on(records.record_step, complaint, self.handler(complaint), **told)

    def tell(self, complaint: Complaint, by: str = "") -> Complaint:
        by = by or self.handler(complaint)
        return self._on(handling.tell_result, complaint, by, result="it will be repaired")

    def plan(self, complaint: Complaint, by: str = "", **given: Any) -> Complaint:
        """The handler plans, and sees to it himself unless somebody else is named."""
        by = by or self.handler(complaint)
        told = {
            "measures": "send the missing parts",
            "owner_id": self.people[by],
            "due_at": self.now + timedelta(days=4),
            **given,
        }
        return self._on(closed_loop.make_plan, complaint, by, **told)

    def answer(self, complaint: Complaint, code: int, by: str = "") -> Complaint:
        by = by or self.handler(complaint)
        told = {"code": code, "method": Method.TELEPHONE, "evidence": "recording 4711"}
        return self._on(satisfaction.answer_satisfaction, complaint, by, **told)

    def call_back(self, complaint: Complaint, *, satisfied: bool) -> None:
        """Dispatch called back about an order that it opened by itself."""
        order = {"work_order_id": new_id(), "satisfied": satisfied}
        self.do(field_work.finish_field_work, complaint.id, **order)

    def answered(self, code: int, *, level: int = 1) -> Complaint:
        """A complaint of ``level`` whose complainant gave the answer ``code``."""
        complaint = self.file_at_level(level)
        self.contact(complaint)
        self.tell(complaint)
        return self.answer(complaint, code)

    def review(self, complaint: Complaint, by: str) -> Complaint:
        return self._on(review.review, complaint, by, opinion="well handled")

    def decide(self, complaint: Complaint, by: str = "general-manager") -> Complaint:
        return self._on(review.record_decision, complaint, by, text="refund")

    def archive(self, complaint: Complaint, by: str) -> Complaint:
        return self._on(review.archive, complaint, by)

    def lower(self, complaint: Complaint, level: int, by: str = "oversight") -> Complaint:
        told = {"level": level, "reason": "a concrete matter after all"}
        return self._on(oversight.lower_level, complaint, by, **told)

    def reopen(self, complaint: Complaint, by: str = "oversight") -> Complaint:
        return self._on(oversight.reopen_closed, complaint, by, reason="a witness came forward")

    def read(self, complaint: Complaint) -> Complaint:
        """The complaint as the database has it."""
        with self.open() as tx:
            found = tx.complaints.of_event(complaint.id)
            assert found.forms
            assert None not in (found.field_works, found.contacts, found.messages, found.pauses)
            assert found.emergencies is not None
            assert None not in (found.sub_tasks, found.records, found.explanations)
            return found

    def told(self, type_: str = "") -> list[dict[str, Any]]:
        """The data of every event of that type, oldest first, held against its contract."""
        with self.sessions() as session:
            return [data for kind, data in emitted(session) if type_ in ("", kind)]

    def types(self) -> list[str]:
        with self.sessions() as session:
            return [kind for kind, _ in emitted(session)]

    def timers(self) -> dict[str, datetime]:
        """What is still to be done of itself about cases, and when."""
        beside = {FORGET, COUNT}
        return {kind: due for kind, due in self.all_timers().items() if kind not in beside}

    def all_timers(self) -> dict[str, datetime]:
        """The same, and when contacts of closed cases are forgotten or patterns looked for."""
        with self.sessions() as session:
            return {row.kind: row.due_at for row in session.execute(select(tables.timers))}

    def penalties(self) -> list[Penalty]:
        """Every penalty, as the database has them, the oldest first."""
        with self.open() as tx:
            return list(tx.session.scalars(tx.penalties.listed().order_by(penalty_table.c.id)))

    def penalise(
        self, complaint: Complaint, code: str, *, by: str = "manager", **given: Any
    ) -> Penalty:
        """Somebody proposes a penalty for the handler, for what he did today."""
        told = {
            "code": code,
            "person_id": self.read(complaint).handler_id,
            "occurred_on": self.now.date(),
            "evidence": "recording 4712",
            **given,
        }
        proposed: Penalty = self._on(penalties.propose, complaint, by, **told)
        return proposed

    def confirm(self, penalty: Penalty, amount: str | None = None, **given: Any) -> Penalty:
        """The manager, unless somebody else is named, decides what is due."""
        told = {"by": "manager", "reason": "the second time", **given}
        by = self.caller(told.pop("by"))
        due = Decimal(amount) if amount else None
        confirmed: Penalty = self.do(confirm, penalty.id, by=by, amount=due, **told)
        return confirmed

    def journal(self, kind: str) -> list[dict[str, Any]]:
        with self.sessions() as session:
            rows = session.execute(select(tables.journal).where(tables.journal.c.kind == kind))
            return [row.data for row in rows]

    def _on(self, use_case: Callable[..., Any], complaint: Complaint, by: str, **given: Any) -> Any:
        return self.do(use_case, complaint.id, by=self.caller(by), **given)


def opened(sessions: sessionmaker[Session], rulebook: Rulebook) -> Desk:
    """The sample company with its staff, on the Friday before the Spring Festival at 17:00."""
    begin = beginner(sessions, partial(ComplaintTransaction, rulebook=rulebook), "complaint")
    made = Desk(begin, sessions, PEOPLE, FRIDAY_17)
    with made.open() as tx:
        define_company(tx.session)
        for name, (unit, role) in STAFF.items():
            tx.staff.keep(PEOPLE[name], active=True, superior_id=None, posts=[(unit, role)])
    return made
