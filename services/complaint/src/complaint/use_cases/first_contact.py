"""The first contact with the complainant and the clock that waits for it (CP-02, CP-17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.events import FirstContactBreached, FirstContactDueSoon
from complaint.domain.first_contact import FirstContact, due
from complaint.domain.intake import Intake
from complaint.domain.staff import Caller
from complaint.use_cases.chain import supervisors
from shared.org_units import calendar_of
from shared.rules import Because
from shared.working_time import Interval, explain

WARNING = "first_contact.warning"
DUE = "first_contact.due"


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The way of a clock from its start to its due time; the intervals leave no gap."""

    started_at: datetime
    due_at: datetime
    provisional: bool
    hard: bool
    because: Because
    made_at: datetime | None
    on_time: bool | None
    intervals: list[Interval]

    @property
    def counted_seconds(self) -> int:
        """How much of the way was working time."""
        counted = (one.end - one.start for one in self.intervals if one.counts)
        return int(sum(counted, timedelta()).total_seconds())


def clock(tx: ComplaintTransaction, intake: Intake, *, level: int) -> FirstContact:
    """When the first contact is due by the packs of the day of receipt (K-05)."""
    unit, received_at = intake.org_unit, intake.received_at
    rules = tx.policies.rulings(
        "first_contact",
        unit=unit,
        on=tx.day_of(unit, received_at),
        level=level,
        complainant=intake.complainant,
    )
    return due(rules, calendar=calendar_of(tx.session, unit), received_at=received_at)


def wind(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Set the timers of the clock: a warning where there is time for one, and the due time of a
    hard rule."""
    subject, running = _subject(complaint.id), complaint.first_contact
    _stop(tx, complaint)
    if running.warn_at:
        tx.set_timer(WARNING, subject, running.warn_at)
    if running.hard:
        tx.set_timer(DUE, subject, running.due_at)


def make_first_contact(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, learnt: dict[str, Any]
) -> Complaint:
    """The complainant or his agent was contacted (CP-17). Raises NotFound, WrongState."""
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    tx.tell(complaint.make_first_contact(by.id, learnt=learnt, now=tx.now))
    _stop(tx, complaint)
    return complaint


def warn(tx: ComplaintTransaction, complaint_id: UUID) -> None:
    """Little working time is left: tell the handler."""
    complaint = tx.complaints.of_event(complaint_id)
    if complaint.awaits_first_contact:
        tx.tell([_due_soon(complaint)])


def breach(tx: ComplaintTransaction, complaint_id: UUID) -> None:
    """The time is up and nobody made contact: tell the handler and the tier above (CP-17)."""
    complaint = tx.complaints.of_event(complaint_id)
    if complaint.awaits_first_contact:
        tx.tell([_breached(tx, complaint)])


def recount(tx: ComplaintTransaction, *, unit: str) -> None:
    """Count the running clocks of ``unit`` and below anew, after its calendar or place changed."""
    for complaint in tx.complaints.awaiting_first_contact(below=unit):
        recount_one(tx, complaint)


def recount_one(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Count a running clock anew; what moves is noted in the timeline and its timers follow."""
    counted = clock(tx, complaint.intake, level=complaint.level)
    before = complaint.first_contact.due_at
    if complaint.recount(counted):
        wind(tx, complaint)
        tx.note(
            _subject(complaint.id),
            "first_contact_recounted",
            because=counted.because,
            due_at=counted.due_at,
            before=before,
            provisional=counted.provisional,
        )


def explanation(session: Session, complaint: Complaint) -> Explanation:
    """Why the first contact of ``complaint`` is due when it is (CP-17, K-21)."""
    running, started_at = complaint.first_contact, complaint.intake.received_at
    calendar = calendar_of(session, complaint.intake.org_unit)
    return Explanation(
        started_at=started_at,
        due_at=running.due_at,
        provisional=running.provisional,
        hard=running.hard,
        because=running.because,
        made_at=running.made_at,
        on_time=running.on_time,
        intervals=explain(calendar, started_at, running.due_at),
    )


def _due_soon(complaint: Complaint) -> FirstContactDueSoon:
    return FirstContactDueSoon(
        complaint_id=complaint.id,
        org_unit=complaint.intake.org_unit,
        handler_id=complaint.handler_id,
        due_at=complaint.first_contact.due_at,
        because=complaint.first_contact.because,
    )


def _breached(tx: ComplaintTransaction, complaint: Complaint) -> FirstContactBreached:
    missed = complaint.first_contact
    unit = complaint.intake.org_unit
    return FirstContactBreached(
        complaint_id=complaint.id,
        org_unit=unit,
        handler_id=complaint.handler_id,
        supervisor_ids=supervisors(tx, unit=unit, tier=missed.supervisor_tier),
        due_at=missed.due_at,
        because=missed.because,
    )


def _stop(tx: ComplaintTransaction, complaint: Complaint) -> None:
    for kind in (WARNING, DUE):
        tx.cancel_timer(kind, _subject(complaint.id))


def _subject(complaint_id: UUID) -> str:
    return f"complaint/{complaint_id}"
