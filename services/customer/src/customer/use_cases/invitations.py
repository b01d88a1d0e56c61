"""Invite other units to visits and gatherings, and hear whether they join (VS-11)."""

from datetime import date
from uuid import UUID

from customer.adapters.mapping import Invitation, Visit
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.gathering_states import OVER
from customer.domain.invitations import InvitationClosed, InvitedAlready, Meeting
from customer.domain.staff import Caller
from customer.domain.visit_states import OPEN
from shared.ids import new_id
from shared.org_units import require
from shared.rules import NotFound, WrongState


def invite_to_visit(
    tx: CustomerTransaction, visit: Visit, *, unit: str, caller: Caller
) -> Invitation:
    """Invite a unit to a visit that is still to be made.

    Raises WrongState, UnitUnknown, InvitedAlready.
    """
    if visit.state not in OPEN:
        raise WrongState("The visit is over.", state=visit.state.value, allowed=[])
    return invite(
        tx,
        Meeting.VISIT,
        visit.id,
        org_unit=visit.org_unit,
        unit=unit,
        on=visit.day,
        caller=caller,
    )


def invite(
    tx: CustomerTransaction,
    meeting: Meeting,
    meeting_id: UUID,
    *,
    org_unit: str,
    unit: str,
    on: date,
    caller: Caller,
) -> Invitation:
    """Invite a unit to something that takes place on a local day. Raises UnitUnknown,
    InvitedAlready."""
    require(tx.session, unit)
    if tx.invitations.is_sent(meeting_id, unit):
        raise InvitedAlready("The unit is invited already.")
    one = Invitation(
        id=new_id(),
        meeting=meeting,
        meeting_id=meeting_id,
        org_unit=org_unit,
        unit=unit,
        takes_place_on=on,
        invited_by=person_of(caller),
        invited_at=tx.now,
    )
    tx.invitations.add(one)
    tx.emit(one.sent())
    tx.record("invitation.sent", f"invitation/{one.id}", unit=unit)
    return one


def answer_invitation(
    tx: CustomerTransaction, one: Invitation, *, joins: bool, caller: Caller
) -> Invitation:
    """Say for the invited unit whether it joins. Raises NotFound for a caller who does not see that
    unit, InvitationClosed."""
    if not tx.sees(caller.unit, one.unit):
        raise NotFound("That unit is not invited.")
    if _is_over(tx, one):
        raise InvitationClosed("What it invites to was made or given up.")
    told = one.answer(joins=joins, by=person_of(caller), now=tx.now, today=tx.today(one.org_unit))
    tx.emit(told)
    tx.record("invitation.answered", f"invitation/{one.id}", joins=joins)
    return one


def _is_over(tx: CustomerTransaction, one: Invitation) -> bool:
    if one.meeting is Meeting.VISIT:
        return tx.visits.known(one.meeting_id).state not in OPEN
    return tx.gatherings.known(one.meeting_id).state in OVER
