"""Draft, revise, issue and reassign a work order (WO-04 to WO-07)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.breaches import Code
from dispatch.domain.callers import Caller
from dispatch.domain.completeness import blank_items
from dispatch.domain.work_order_rules import (
    IssueRule,
    MayNotDispatch,
    RoleRule,
    check_dispatching,
    check_paper,
)
from dispatch.domain.work_order_states import Command, Source, target
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.barring import refuse_barred
from dispatch.use_cases.book_pages import use_page
from dispatch.use_cases.breaches import find_breach
from dispatch.use_cases.deadlines import settle
from dispatch.use_cases.overdue import take
from dispatch.use_cases.priorities import take_place
from dispatch.use_cases.receivers import check_receiver, check_receiver_gone, note_reassignment
from dispatch.use_cases.response_times import due_by_category, due_of_revised
from dispatch.use_cases.rounds import follow_unit
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Ruling


def draft_work_order(tx: DispatchTransaction, *, caller: Caller, **fields: Any) -> WorkOrder:
    """Begin an order in the unit for which the caller dispatches. Where it names no time for the
    reply, that follows from its category (WO-25).

    Raises NotOnStaff, MayNotDispatch (WO-04), ReplyDueMissing, and as ``refuse_barred`` (AD-16).
    """
    tx.people.read(caller.id, fields.get("receiver_id"))
    person = tx.people.acting(caller)
    rule = tx.ruling("dispatching", unit=caller.unit)
    check_dispatching(caller.roles, rule)
    unit = person.unit_of(rule.value.roles)
    if unit is None:
        raise MayNotDispatch("you hold no post that dispatches", because=rule.because)
    fields |= due_by_category(tx, fields, unit=unit, start=tx.now)
    order = WorkOrder(id=new_id(), org_unit=unit, source=Source.MANUAL, opened_at=tx.now, **fields)
    refuse_barred(tx, order)
    check_receiver(tx, order.receiver_id, unit=unit)
    follow_unit(tx, unit)
    take_place(tx, order)
    tx.work_orders.add(order)
    tx.emit(order.open_for(person.id, org_unit=unit), because=rule.because)
    settle(tx, order)
    return order


def revise_work_order(
    tx: DispatchTransaction, order: WorkOrder, *, fresh: dict[str, Any], caller: Caller
) -> WorkOrder:
    """Fill in or correct a draft; a reply time that follows from its category changes with it.

    Raises MayNotDispatch, ReceiverUnfit, ReplyDueMissing, WrongState.
    """
    check_dispatcher(tx, order, caller)
    due = due_of_revised(tx, order, fresh)
    order.revise(**fresh | due)
    check_receiver(tx, order.receiver_id, unit=order.org_unit)
    tx.note(f"work_order/{order.id}", "work_order_revised", fields=sorted(fresh))
    if due:
        order.wait_anew()
    settle(tx, order)
    return order


def issue_work_order(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    caller: Caller,
    from_paper: bool = False,
    book_no: str | None = None,
    page_no: int | None = None,
) -> WorkOrder:
    """Give the order out; whoever issues it is its dispatcher from then on (WO-07). Of an order
    that was written on paper the blank items are counted, where the pack allows it (WO-09); where
    it names the page of a book it has its number by that page, and takes none of the unit's series.

    Raises NotOnStaff, MayNotDispatch, ReceiverUnfit, MandatoryBlank, PaperNotAllowed, WrongState,
    and as ``use_page`` and ``refuse_barred`` (AD-16).
    """
    order = tx.work_orders.get(order_id, caller)
    tx.people.read(caller.id, order.receiver_id)
    check_dispatcher(tx, order, caller)
    refuse_barred(tx, order)
    rule: Ruling[IssueRule] = tx.ruling("issuing", unit=order.org_unit)
    if from_paper:
        check_paper(tx.ruling("paper_mode", unit=order.org_unit))
    by = tx.people.acting(caller).id
    event = order.issue(
        by=by,
        rule=rule,
        from_paper=from_paper,
        take_number=lambda: _number(tx, order, book_no=book_no, page_no=page_no, by=by),
        now=tx.now,
    )
    check_receiver(tx, order.receiver_id, unit=order.org_unit)
    tx.emit(event, because=rule.because)
    blank = blank_items(order, rule)
    if blank:
        find_breach(tx, order, Code.ITEM_BLANK, occasion=tx.now, items=len(blank))
    settle(tx, order)
    return order


def reassign_work_order(
    tx: DispatchTransaction, order_id: UUID, *, receiver_id: UUID, reason: str, caller: Caller
) -> WorkOrder:
    """Give an order whose receiver left, or lost the post that receives, to another (WO-05).

    Raises NotOnStaff, MayNotDispatch, ReceiverStillFit, ReceiverUnfit, WrongState.
    """
    order = take(tx, order_id, caller=caller)
    rule = check_dispatcher(tx, order, caller)
    target(order.state, Command.REASSIGN)
    check_receiver_gone(tx, order)
    check_receiver(tx, receiver_id, unit=order.org_unit)
    note_reassignment(tx, order, receiver_id, reason)
    by = tx.people.acting(caller).id
    tx.emit(order.reassign(receiver_id, by=by, now=tx.now), because=rule.because)
    settle(tx, order)
    return order


def check_dispatcher(tx: DispatchTransaction, order: WorkOrder, caller: Caller) -> Ruling[RoleRule]:
    """Refuse who may not dispatch an order. Raises MayNotDispatch (WO-04)."""
    rule: Ruling[RoleRule] = tx.ruling("dispatching", unit=order.org_unit)
    check_dispatching(tx.work_orders.roles_over(order, caller), rule)
    return rule


def _number(
    tx: DispatchTransaction, order: WorkOrder, *, book_no: str | None, page_no: int | None, by: UUID
) -> str:
    if book_no is not None and page_no is not None:
        return use_page(tx, order, book_no=book_no, page_no=page_no, by=by)
    number = next_number(tx.session, f"work_order/{order.org_unit}")
    written: str = tx.ruling("numbering", unit=order.org_unit).value.written(order.org_unit, number)
    return written
