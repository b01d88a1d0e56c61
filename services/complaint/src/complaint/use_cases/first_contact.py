"""The first contact with the complainant and the clock that waits for it (CP-02, CP-17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.events import FirstContactDueSoon
from complaint.domain.first_contact import FirstContact, due
from complaint.domain.intake import Intake
from complaint.domain.staff import Caller
from complaint.use_cases.chain import check_caller, supervisors
from complaint.use_cases.follow_ups import follow_up
from shared.org_units import calendar_of
from shared.rules import Because
from shared.working_time import Interval, explain

WARNING = "first_contact.warning"
DUE = "first_contact.due"
RECOUNT = "first_contact.recount"


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
    """Set the timers of the clock: a warning where there is still time for one, and the due time of
    a hard rule unless its breach was told."""
    subject, running = _subject(complaint.id), complaint.first_contact
    _stop(tx, complaint)
    if running.warn_at and running.warn_at > tx.now:
        tx.set_timer(WARNING, subject, running.warn_at)
    if running.hard and running.breached_at is None:
        tx.set_timer(DUE, subject, running.due_at)


def make_first_contact(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, learnt: dict[str, Any]
) -> Complaint:
    """The complainant or his agent was contacted (CP-17), by the first tier or whoever handles.

    Raises NotFound, NotOfThisTier, WrongState.
    """
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    check_caller(tx, complaint, by=by, first_tier=True)
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
        tier = complaint.first_contact.supervisor_tier
        told = supervisors(tx, unit=complaint.intake.org_unit, tier=tier)
        tx.tell(complaint.miss_first_contact(told, now=tx.now))


def recount(tx: ComplaintTransaction, complaint_id: UUID, *, tries: int = 0) -> None:
    """Count a clock anew after the calendar or the place of its unit changed.

    Where that cannot be done yet the clock stays as it is, and it is tried again later.
    """
    follow_up(tx, complaint_id, _recount, timer=RECOUNT, tries=tries)


def recount_one(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Count a running clock anew; what moves is noted in the timeline and its timers follow."""
    counted = clock(tx, complaint.intake, level=complaint.level)
    before = complaint.first_contact.due_at
    if complaint.recount(counted, now=tx.now):
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


def _recount(tx: ComplaintTransaction, complaint_id: UUID) -> None:
    complaint = tx.complaints.of_event(complaint_id)
    if complaint.awaits_first_contact:
        recount_one(tx, complaint)


def _stop(tx: ComplaintTransaction, complaint: Complaint) -> None:
    for kind in (WARNING, DUE):
        tx.cancel_timer(kind, _subject(complaint.id))


def _subject(complaint_id: UUID) -> str:
    return f"complaint/{complaint_id}"
