"""Gifts and calls for the occasions of contacts: proposed, allowed, done (CM-07, CM-11)."""

from dataclasses import asdict, replace
from datetime import UTC
from decimal import Decimal
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.care_rules import OWNER, CareTaskRule
from notify.domain.care_tasks import CareTask
from notify.domain.contacts import Contact
from notify.domain.events import CareTaskMoved
from notify.domain.occasions import Occurrence
from notify.domain.staff import Officer
from notify.use_cases.decency import may_be_cared_for
from notify.use_cases.notices import tell_own
from shared.ids import new_id
from shared.rules import Ruling

LAPSE_TIMER = "care.task_lapse"
TOO_LATE = "too_late"
NOT_CARED_FOR = "not_cared_for"


def open_task(
    tx: NotifyTransaction, contact: Contact, occurrence: Occurrence, ruling: Ruling[CareTaskRule]
) -> CareTask | None:
    """Open what a pack has the staff do for an occasion, once; None when it is open, too late, or
    for the contact of a customer who is not cared for. Raises UnitUnknown."""
    rule, unit = ruling.value, contact.org_unit or ""
    lapses_at = rule.ends(occurrence.on, zone=contact.zone).astimezone(UTC)
    if contact.customer_id is None or tx.now > lapses_at:
        return None
    if not may_be_cared_for(tx, contact.customer_id, unit=unit):
        return None
    if tx.care_tasks.known(occurrence, rule.action):
        return None
    task = CareTask(
        id=new_id(),
        contact_id=contact.id,
        customer_id=contact.customer_id,
        org_unit=unit,
        action=rule.action,
        occasion=occurrence.occasion,
        subject=occurrence.subject,
        year=occurrence.year,
        on=occurrence.on,
        responsible_id=_responsible(tx, contact.customer_id, rule, unit=unit),
        approvers=rule.approvers,
        amount=rule.amount,
        because=ruling.because,
        opened_at=tx.now,
        lapses_at=lapses_at,
    )
    event = task.opened()
    tx.care_tasks.add(task)
    tx.set_timer(LAPSE_TIMER, task.key, lapses_at)
    _told(tx, task, event)
    return task


def approve_task(tx: NotifyTransaction, task: CareTask, *, caller: Officer) -> CareTask:
    """Allow a task. Raises WrongState, NoSay, OwnTask."""
    _told(tx, task, task.approve(by=caller.id, roles=caller.roles, now=tx.now))
    return task


def decline_task(
    tx: NotifyTransaction, task: CareTask, *, reason: str, caller: Officer
) -> CareTask:
    """Decide against a task. Raises WrongState, NoSay, OwnTask."""
    _told(tx, task, task.decline(by=caller.id, roles=caller.roles, reason=reason, now=tx.now))
    tx.cancel_timer(LAPSE_TIMER, task.key)
    return task


def complete_task(
    tx: NotifyTransaction, task: CareTask, *, cost: Decimal | None, caller: Officer
) -> CareTask:
    """Say that a task is done. Raises WrongState, NotResponsible, TooExpensive."""
    _told(tx, task, task.complete(by=caller.id, cost=cost, now=tx.now))
    tx.cancel_timer(LAPSE_TIMER, task.key)
    return task


def lapse_task(tx: NotifyTransaction, *, task_id: UUID) -> None:
    """The time of a task is over. Raises WrongState, NotFound."""
    task = tx.care_tasks.locked(task_id)
    _told(tx, task, task.lapse(TOO_LATE))


def stop_tasks_for(tx: NotifyTransaction, customer_id: UUID, *, below: str | None) -> None:
    """Nothing more is done for a customer who is barred or has left."""
    for task in tx.care_tasks.open_for(customer_id, below=below):
        _stop(tx, task)


def stop_tasks_of(tx: NotifyTransaction, contact_id: UUID) -> None:
    """Nothing more is done for a contact who is not to be reached any more."""
    for task in tx.care_tasks.open_of(contact_id):
        _stop(tx, task)


def _stop(tx: NotifyTransaction, task: CareTask) -> None:
    tx.cancel_timer(LAPSE_TIMER, task.key)
    _told(tx, task, task.lapse(NOT_CARED_FOR))


def _responsible(
    tx: NotifyTransaction, customer_id: UUID, rule: CareTaskRule, *, unit: str
) -> UUID | None:
    """The first whom the pack names and who is there."""
    for named in rule.responsible:
        owner = tx.standings.of(customer_id).owner_id
        if named == OWNER and owner is not None and tx.staff.is_there(owner):
            return owner
        if named != OWNER and (found := tx.staff.nearest([named], unit=unit)):
            return found[0]
    return None


def _told(tx: NotifyTransaction, task: CareTask, event: CareTaskMoved) -> None:
    """Tell the world, and those of the staff whom the packs name."""
    approvers = tuple(tx.staff.nearest(task.approvers, unit=task.org_unit))
    told = replace(event, approver_ids=approvers)
    tx.emit(told, because=task.because)
    tell_own(tx, told.type, asdict(told))
