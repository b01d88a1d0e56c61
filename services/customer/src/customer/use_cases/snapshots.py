"""Archive files: every half year for the grades that a pack names, else on demand (CF-35)."""

from uuid import UUID

from customer.adapters.mapping import Customer, Snapshot
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import add_months
from customer.domain.kinds import Kind
from customer.domain.reminders import opening_from
from customer.domain.snapshots import Cause, SnapshotRule
from customer.use_cases.file_fields import view
from customer.use_cases.grading import held
from shared.envelope import plain
from shared.ids import new_id
from shared.rules import Ruling

SNAPSHOT = "file.snapshot"


def take_snapshot(
    tx: CustomerTransaction, customer: Customer, *, cause: Cause, reason: str | None = None
) -> Snapshot:
    """Freeze a customer's file as it is now."""
    found = view(tx, customer)
    person = customer.kind is Kind.CONSUMER
    content = [
        {
            "field": one.value.field,
            "group": one.value.group,
            "personal": one.value.personal or (person and one.value.field == "name"),
            "value": plain(found.values[one.value.field]),
        }
        for one in found.fields
        if one.value.field in found.values
    ]
    snapshot = Snapshot(
        id=new_id(),
        customer_id=customer.id,
        cause=cause,
        reason=reason,
        taken_at=tx.now,
        taken_by=tx.origin.actor,
        content=content,
    )
    tx.snapshots.add(snapshot)
    tx.record("file.archived", f"customer/{customer.id}", snapshot_id=snapshot.id)
    tx.note(f"customer/{customer.id}", "file_archived", snapshot_id=snapshot.id, cause=cause)
    return snapshot


def plan_snapshots(tx: CustomerTransaction, customer: Customer) -> None:
    """See that a customer whose grade asks for it is archived in time, and others are not.

    To be called when a grade changes. A period that runs goes on: another grade that is archived
    as well does not begin it anew.
    """
    rule = _rule(tx, customer)
    subject = f"customer/{customer.id}"
    file = tx.files.open(customer.id, now=tx.now, by=tx.origin.actor) if rule else None
    if file is None or rule is None:
        known = tx.files.find(customer.id)
        if known is not None and known.snapshot_due_at is not None:
            known.snapshot_due_at = None
            tx.cancel_timer(SNAPSHOT, subject)
    elif file.snapshot_due_at is None:
        unit = customer.org_unit
        day = add_months(tx.today(unit), rule.value.months)
        file.snapshot_due_at = opening_from(tx.calendar(unit), day)
        tx.set_timer(SNAPSHOT, subject, file.snapshot_due_at, customer_id=customer.id)


def archive_in_time(tx: CustomerTransaction, *, customer_id: UUID) -> None:
    """Archive the file of a customer whose grade still asks for it, and plan the next time."""
    customer = tx.customers.known(customer_id)
    file = tx.files.find(customer_id)
    if file is not None:
        file.snapshot_due_at = None
    if _rule(tx, customer) is not None:
        take_snapshot(tx, customer, cause=Cause.PERIOD)
        plan_snapshots(tx, customer)


def _rule(tx: CustomerTransaction, customer: Customer) -> Ruling[SnapshotRule] | None:
    unit = customer.org_unit
    grades = held(tx, customer, unit=unit)
    rules = tx.policies.rulings("file_snapshots", unit=unit, on=tx.today(unit), grade=grades)
    return rules[0] if rules else None
