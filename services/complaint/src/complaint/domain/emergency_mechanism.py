"""The emergency mechanism of a complaint is started and ended (CP-42, E-44)."""

from datetime import datetime
from uuid import UUID

from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import Emergency, NoEmergency, check_calm, running
from complaint.domain.events import EmergencyEnded, EmergencyStarted, Events
from complaint.domain.states import Command
from shared.rules import Because


def start(
    complaint: Complaint, emergency: Emergency, *, told_ids: tuple[UUID, ...], because: Because
) -> Events:
    """Let the mechanism run from now on. Raises WrongState, EmergencyRunning."""
    complaint.check(Command.START_EMERGENCY)
    check_calm(complaint.emergencies)
    complaint.emergencies.append(emergency)
    complaint.touch()
    started = EmergencyStarted(
        complaint_id=complaint.id,
        org_unit=complaint.unit,
        emergency_id=emergency.id,
        customer_id=complaint.intake.customer_id,
        level=complaint.level,
        cause=emergency.cause,
        started_by=emergency.started_by,
        told_ids=told_ids,
        because=because,
    )
    return [started]


def end(
    complaint: Complaint,
    by: UUID,
    *,
    outcome: str,
    told_ids: tuple[UUID, ...],
    because: Because,
    now: datetime,
) -> Events:
    """The emergency is over. Raises WrongState, NoEmergency."""
    complaint.check(Command.END_EMERGENCY)
    emergency = running(complaint.emergencies)
    if emergency is None:
        raise NoEmergency("The emergency mechanism does not run.")
    emergency.ended_by, emergency.ended_at, emergency.outcome = by, now, outcome
    complaint.touch()
    ended = EmergencyEnded(
        complaint_id=complaint.id,
        org_unit=complaint.unit,
        emergency_id=emergency.id,
        ended_by=by,
        ended_at=now,
        told_ids=told_ids,
        because=because,
    )
    return [ended]
