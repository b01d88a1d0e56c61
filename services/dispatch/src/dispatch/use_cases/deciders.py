"""Find the superior who decides on an order that its receiver cannot carry out, level by level
(WO-10)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.people import Person
from dispatch.domain.unable import Referral, lay_before, referred
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import settle
from shared.policy import PolicyMissing


def first_decider(tx: DispatchTransaction, order: WorkOrder) -> UUID | None:
    """The receiver's next superior who is there. Where nobody is above him: the holder of a role
    that the pack names, nearest to the order's unit, and without one the order's dispatcher."""
    _, dispatcher_id, receiver_id = order.given_out()
    above = tx.people.above(receiver_id)
    if above is not None:
        return above
    roles = _deciding_roles(tx, order)
    holder = tx.people.nearest(roles, unit=order.org_unit, excluding=receiver_id)
    if holder is not None:
        return holder.person_id
    dispatcher = tx.people.find(dispatcher_id)
    there = dispatcher is not None and dispatcher.active and dispatcher_id != receiver_id
    return dispatcher_id if there else None


def may_decide(tx: DispatchTransaction, order: WorkOrder, person: Person) -> bool:
    """Whether somebody may decide in the place of another: he stands above the receiver, or holds a
    role that decides, and is not the receiver himself."""
    _, _, receiver_id = order.given_out()
    if person.id == receiver_id:
        return False
    above = person.id in tx.people.superiors(receiver_id)
    return above or not person.roles.isdisjoint(_deciding_roles(tx, order))


def next_decider(tx: DispatchTransaction, order: WorkOrder) -> UUID | None:
    """Who stands above him who has to decide; None where he is the top."""
    if order.decider_id is None:
        return None
    return tx.people.above(order.decider_id, excluding=order.receiver_id)


def refer(tx: DispatchTransaction, order: WorkOrder, decider_id: UUID, *, reason: Referral) -> None:
    """Lay an order before another, who has a time of his own for it, and tell so."""
    from_id = order.decider_id
    lay_before(order, decider_id)
    settle(tx, order)
    tx.emit(referred(order, from_id=from_id, reason=reason))


def replace_decider(tx: DispatchTransaction, order: WorkOrder) -> None:
    """Lay an order before the next superior where he who had to decide is not there any more, or
    where nobody was found before."""
    person = tx.people.find(order.decider_id) if order.decider_id else None
    if person is not None and person.active:
        return
    found = next_decider(tx, order) or first_decider(tx, order)
    if found is not None:
        refer(tx, order, found, reason=Referral.GONE)


def _deciding_roles(tx: DispatchTransaction, order: WorkOrder) -> tuple[str, ...]:
    try:
        roles: tuple[str, ...] = tx.ruling("deciding", unit=order.org_unit).value.roles
    except PolicyMissing:
        return ()
    return roles
