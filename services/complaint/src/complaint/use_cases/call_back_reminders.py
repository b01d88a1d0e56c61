"""Calls that were promised are not lost: who is to call is warned, supervisors hear that one is
late, and whoever leaves is followed by another (SC-04..SC-07)."""

from collections.abc import Sequence
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.call_back_rules import CallBackRule
from complaint.domain.call_backs import CallBack
from complaint.domain.cases import CaseRef
from complaint.domain.department_work import OwnerUnknown
from complaint.domain.staff import Role
from complaint.use_cases.follow_ups import follow_up
from shared.envelope import Event
from shared.rules import Ruling
from shared.scope import may_see

WAKE = "call_back.wake"
REASSIGN = "call_back.reassign"
OWNER_LEFT = "owner_left"


def wake(tx: ComplaintTransaction, call_back_id: UUID) -> None:
    """Warn whoever is to call, or tell that it is late, each once."""
    call_back = tx.call_backs.of_event(call_back_id)
    tx.tell(call_back.warn(now=tx.now))
    tell_missed(tx, call_back)
    settle(tx, call_back)


def tell_missed(tx: ComplaintTransaction, call_back: CallBack) -> None:
    """Before anything is done with a call: that it is late, where that was not told yet."""
    told = tx.staff.nearest(supervisors(tx, call_back), unit=call_back.department)
    tx.tell(call_back.miss(supervisor_ids=tuple(told), now=tx.now))


def relieve(tx: ComplaintTransaction, person_id: UUID) -> None:
    """Give the calls of a person who lost a post to others, unless he has another role for it."""
    for call_back_id in tx.call_backs.promised_of(person_id):
        reassign(tx, CaseRef(CallBack.kind, call_back_id))


def reassign(tx: ComplaintTransaction, ref: CaseRef, *, tries: int = 0) -> None:
    """Choose anew who is to call; where nobody is there now, it is tried again."""
    follow_up(tx, ref, _replace_owner, timer=REASSIGN, tries=tries)


def settle(tx: ComplaintTransaction, call_back: CallBack, events: Sequence[Event] = ()) -> None:
    """Tell what happened, and set the timer for whatever is to be told next."""
    tx.tell(events)
    subject, wakes_at = call_back.ref.subject, call_back.wakes_at
    if wakes_at:
        tx.set_timer(WAKE, subject, wakes_at)
    else:
        tx.cancel_timer(WAKE, subject)


def owners(tx: ComplaintTransaction, call_back: CallBack) -> frozenset[Role]:
    """The roles that take the call over; none where the packs have no rule any more."""
    return frozenset(role for rule in _rules(tx, call_back) for role in rule.value.owners)


def supervisors(tx: ComplaintTransaction, call_back: CallBack) -> frozenset[Role]:
    """The roles that hear that the call is late; as ``owners``."""
    return frozenset(role for rule in _rules(tx, call_back) for role in rule.value.supervisors)


def place_of(tx: ComplaintTransaction, person_id: UUID, *, near: str) -> str | None:
    """The unit from which a person sees the call that he is to make: ``near``, where one of his
    posts is at or above it, or else that of a post; None where he has none."""
    units = sorted({unit for unit, _ in tx.staff.posts_of(person_id)})
    above = any(may_see(tx.session, principal_unit=unit, unit=near) for unit in units)
    return near if above else next(iter(units), None)


def _rules(tx: ComplaintTransaction, call_back: CallBack) -> list[Ruling[CallBackRule]]:
    unit, situation = call_back.org_unit, call_back.situation
    today = tx.day_of(unit, tx.now)
    return tx.policies.rulings("call_backs", unit=unit, on=today, situation=situation)[:1]


def _replace_owner(tx: ComplaintTransaction, call_back_id: UUID) -> None:
    """To whoever promised the call, or else to the nearest who may take it over."""
    call_back = tx.call_backs.of_event(call_back_id)
    roles, owner_id = owners(tx, call_back), call_back.owner_id
    posts = tx.staff.posts_of(owner_id)
    if not call_back.allowed or {role for _, role in posts} & roles:
        return
    department = call_back.department
    others = tx.staff.nearest(roles, unit=department, without=[owner_id])
    heirs = [one for one in (call_back.promised_by, *others) if one != owner_id]
    places = ((heir, place_of(tx, heir, near=department)) for heir in (*heirs, owner_id))
    heir, place = next(((heir, place) for heir, place in places if place), (owner_id, None))
    if place is None:
        raise OwnerUnknown("Nobody is there to call.", because=call_back.because)
    settle(tx, call_back, call_back.hand_over(heir, department=place, reason=OWNER_LEFT))
