"""See to it that files follow major changes in time (CF-07, CF-39)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from customer.adapters.mapping import ChangeNotice, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.change_notices import (
    TRANSITIONS,
    FieldNotMajor,
    MajorChangeRule,
    NoticeCommand,
)
from customer.use_cases.file_fields import majors
from shared.ids import new_id
from shared.rules import Invalid, Ruling
from shared.working_time import end_of_working_day

OVERDUE = "change_notice.overdue"


def report_change(
    tx: CustomerTransaction, customer: Customer, *, fields: Sequence[str], known_at: datetime
) -> ChangeNotice:
    """Open the update of a file that a major change asks for, known since ``known_at`` (CF-07).

    Raises FieldNotMajor, Invalid for a time to come, PolicyMissing.
    """
    if known_at > tx.now:
        errors = {"known_at": ["Lies in the future."]}
        raise Invalid("A change is reported once it is known.", errors=errors)
    unknown = sorted(set(fields) - majors(tx, customer))
    if unknown:
        raise FieldNotMajor("The packs call other changes major.", fields=unknown)
    return _opened(tx, customer, fields=fields, known_at=known_at)


def _opened(
    tx: CustomerTransaction, customer: Customer, *, fields: Sequence[str], known_at: datetime
) -> ChangeNotice:
    unit = customer.org_unit
    rule: Ruling[MajorChangeRule] = tx.policies.ruling(
        "file_major_change", unit=unit, on=tx.today(unit)
    )
    due = end_of_working_day(tx.calendar(unit), known_at, rule.value.working_days)
    notice = ChangeNotice(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        fields=list(fields),
        waiting=list(fields),
        known_at=known_at,
        due_at=due.at,
        because=rule.because,
        reported_by=tx.origin.actor,
        reported_at=tx.now,
    )
    tx.change_notices.add(notice)
    tx.emit(notice.noticed(_told_of(tx, unit, rule.value)), because=rule.because)
    tx.set_timer(OVERDUE, f"change_notice/{notice.id}", due.at, notice_id=notice.id)
    tx.record("change_notice.opened", f"customer/{customer.id}", notice_id=notice.id)
    return notice


def settle_notices(tx: CustomerTransaction, customer: Customer, changed: Collection[str]) -> None:
    """End the updates that the change of those fields completes."""
    for notice in tx.change_notices.pending(customer.id):
        if notice.settle(changed, now=tx.now):
            tx.cancel_timer(OVERDUE, f"change_notice/{notice.id}")
            tx.note(f"customer/{customer.id}", "change_followed", notice_id=notice.id)


def tell_overdue(tx: CustomerTransaction, *, notice_id: UUID) -> None:
    """Tell that a file did not follow in time (CF-07), unless it has meanwhile."""
    notice = tx.change_notices.known(notice_id)
    if NoticeCommand.REPORT_OVERDUE in TRANSITIONS[notice.state]:
        customer = tx.customers.known(notice.customer_id)
        told = notice.report_overdue(owner_id=customer.owner_id)
        tx.emit(told, because=notice.because)


def _told_of(tx: CustomerTransaction, unit: str, rule: MajorChangeRule) -> list[UUID]:
    return tx.staff.nearest(rule.tell_role, unit=unit) if rule.tell_role else []
