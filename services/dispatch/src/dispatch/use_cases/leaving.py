"""See that no order stays with somebody who is gone: a dispatcher, a receiver, or a superior who
has to decide (WO-01). His successor goes before anybody else, where he is fit (XC-17)."""

from collections.abc import Sequence
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.deadlines import Awaited, reminded
from dispatch.domain.events import PersonChanged, PersonContactChanged
from dispatch.domain.people import Person
from dispatch.domain.unable import Referral
from dispatch.domain.work_order_rules import is_fit
from dispatch.domain.work_order_states import IN_HAND, State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.book_holders import look_at_books_of
from dispatch.use_cases.deadlines import clock_rule, settle
from dispatch.use_cases.deciders import may_decide, refer, replace_decider
from dispatch.use_cases.intake import search_at
from dispatch.use_cases.overdue import tell_if_overdue
from dispatch.use_cases.receivers import has_receiver, note_reassignment
from dispatch.use_cases.shifts import end_rosters_of
from dispatch.use_cases.succession import Heir, heir_of, note_handover
from shared.rules import given

HANDS = "work_order.hands"


def keep_changed(
    tx: DispatchTransaction,
    person: Person,
    events: Sequence[PersonChanged | PersonContactChanged],
) -> None:
    """Store a person who changed, and tell of it. Where he left, or changed posts or superior, the
    orders in which he has a part and the books that he holds are looked at, and the rosters on
    which he has no place end."""
    tx.people.keep(person)
    tx.emit(*events)
    if any(isinstance(event, PersonChanged) for event in events):
        look_at_orders_of(tx, person.id)
        look_at_books_of(tx, person.id)
        end_rosters_of(tx, person)


def look_at_orders_of(tx: DispatchTransaction, person_id: UUID) -> None:
    """Have each order looked at in which somebody has a part who left or changed posts, each by
    itself."""
    for order_id in tx.work_orders.in_hands_of(person_id):
        search_at(tx, order_id, tx.now)
        tx.set_timer(HANDS, f"work_order/{order_id}", tx.now, work_order_id=order_id)


def look_at_hands(tx: DispatchTransaction, *, work_order_id: UUID) -> None:
    """Where the receiver is gone his successor gets the order, or else the dispatcher has to give
    it to another; where the superior is gone, his successor or the next one decides. Raises
    PolicyMissing."""
    order = tx.work_orders.known(work_order_id)
    if order.state is State.UNABLE_REPORTED:
        _follow_decider(tx, order)
    elif order.state in IN_HAND:
        _follow_receiver(tx, order)
    elif order.state is State.DRAFT:
        _follow_intended(tx, order)


def _follow_decider(tx: DispatchTransaction, order: WorkOrder) -> None:
    heir = heir_of(tx, order.decider_id)
    if heir is None or not may_decide(tx, order, heir.person):
        replace_decider(tx, order)
        return
    note_handover(tx, order, heir, part="decider")
    refer(tx, order, heir.person.id, reason=Referral.GONE)


def _follow_receiver(tx: DispatchTransaction, order: WorkOrder) -> None:
    gone = not has_receiver(tx, order)
    heir = _receiving_heir(tx, order) if gone else None
    if heir is not None:
        _give_to(tx, order, heir)
        return
    if gone is order.receiver_gone:
        return
    order.receiver_gone = gone
    settle(tx, order)
    if gone and order.next_due_at:
        rule = clock_rule(tx, order, Awaited.REASSIGNMENT)
        told = reminded(order, Awaited.REASSIGNMENT, due_at=order.next_due_at)
        tx.emit(told, because=rule.because if rule else None)


def _give_to(tx: DispatchTransaction, order: WorkOrder, heir: Heir) -> None:
    """The order keeps its number and its dispatcher; the successor accepts it anew (WO-05)."""
    tell_if_overdue(tx, order, tx.now)
    reason = heir.departure.note or heir.departure.reason.value
    note_handover(tx, order, heir, part="receiver")
    note_reassignment(tx, order, heir.person.id, reason)
    by = given(order.dispatcher_id, "what was given out has a dispatcher.")
    rule = tx.ruling("receiving", unit=order.org_unit)
    tx.emit(order.reassign(heir.person.id, by=by, now=tx.now), because=rule.because)
    settle(tx, order)


def _follow_intended(tx: DispatchTransaction, order: WorkOrder) -> None:
    heir = _receiving_heir(tx, order)
    if heir is not None:
        note_handover(tx, order, heir, part="receiver")
        order.receiver_id = heir.person.id


def _receiving_heir(tx: DispatchTransaction, order: WorkOrder) -> Heir | None:
    heir = heir_of(tx, order.receiver_id)
    fit = heir and is_fit(heir.person, tx.ruling("receiving", unit=order.org_unit))
    return heir if fit else None
