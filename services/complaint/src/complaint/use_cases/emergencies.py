"""Start and end the emergency mechanism of a complaint (CP-42, E-44)."""

from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import emergency_mechanism
from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import (
    Cause,
    Emergency,
    EmergencyRule,
    NotGraveEnough,
    check_group,
    running,
)
from complaint.domain.events import Events
from complaint.domain.staff import Caller, TierEmpty
from complaint.use_cases.chain import check_of_chain
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from shared.ids import new_id
from shared.rules import Ruling


def start_emergency(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, reason: str
) -> Complaint:
    """Start the mechanism again in a complaint of the level of emergencies.

    Raises NotFound, NotOfThisTier, PolicyMissing, NotGraveEnough, WrongState, EmergencyRunning,
    TierEmpty.
    """
    complaint = take(tx, complaint_id, by=by)
    check_of_chain(tx, complaint, by=by)
    rule = _rule(tx, complaint)
    if complaint.level < rule.value.level:
        wanted = rule.value.level
        raise NotGraveEnough(
            f"An emergency is of level {wanted}.", because=rule.because, level=wanted
        )
    settle(tx, complaint, _start(tx, complaint, rule, by=by.id, cause=Cause.STARTED, reason=reason))
    return complaint


def start_if_grave(
    tx: ComplaintTransaction,
    complaint: Complaint,
    *,
    by: UUID | None,
    cause: Cause,
    reason: str | None,
) -> Events:
    """A complaint came to its level: if that is the level of emergencies, the mechanism starts at
    once and without being asked for. Raises TierEmpty."""
    for rule in _rules(tx, complaint)[:1]:
        if complaint.level >= rule.value.level and not running(complaint.emergencies):
            return _start(tx, complaint, rule, by=by, cause=cause, reason=reason)
    return []


def end_emergency(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, outcome: str
) -> Complaint:
    """Somebody of the group says that the emergency is over, and what was done.

    Raises NotFound, PolicyMissing, EmergencyUnfit, WrongState, NoEmergency.
    """
    complaint = take(tx, complaint_id, by=by)
    rule = _rule(tx, complaint)
    check_group(by, rule=rule)
    ended = emergency_mechanism.end(
        complaint,
        by.id,
        outcome=outcome,
        told_ids=tuple(tx.staff.holders(rule.value.group)),
        because=rule.because,
        now=tx.now,
    )
    settle(tx, complaint, ended)
    return complaint


def _start(
    tx: ComplaintTransaction,
    complaint: Complaint,
    rule: Ruling[EmergencyRule],
    *,
    by: UUID | None,
    cause: Cause,
    reason: str | None,
) -> Events:
    told = tx.staff.holders(rule.value.group)
    if not told:
        roles = [role.value for role in rule.value.group]
        raise TierEmpty("Nobody of the group is there.", because=rule.because, roles=roles)
    emergency = Emergency(id=new_id(), cause=cause, reason=reason, started_by=by, started_at=tx.now)
    return emergency_mechanism.start(
        complaint, emergency, told_ids=tuple(told), because=rule.because
    )


def _rule(tx: ComplaintTransaction, complaint: Complaint) -> Ruling[EmergencyRule]:
    return tx.policies.ruling("emergencies", **_asked(tx, complaint))


def _rules(tx: ComplaintTransaction, complaint: Complaint) -> list[Ruling[EmergencyRule]]:
    return tx.policies.rulings("emergencies", **_asked(tx, complaint))


def _asked(tx: ComplaintTransaction, complaint: Complaint) -> dict[str, Any]:
    today, complainant = tx.day_of(complaint.unit, tx.now), complaint.intake.complainant
    return {"unit": complaint.unit, "on": today, "complainant": complainant}
