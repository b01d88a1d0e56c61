"""The complainant says how satisfied he is, and the complaint goes on accordingly."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.chain import Meeting, Upgrade
from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import Cause
from complaint.domain.events import Events
from complaint.domain.satisfaction import Answer, Method, judge
from complaint.domain.staff import Caller, TierEmpty
from complaint.domain.states import Command
from complaint.use_cases.chain import chain_of, check_caller, team_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.closed_loop import check_return_call
from complaint.use_cases.emergencies import start_if_grave
from complaint.use_cases.taking import take
from shared.ids import new_id
from shared.rules import Ruling


def answer_satisfaction(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    code: int,
    method: Method,
    evidence: str,
) -> Complaint:
    """Write down the answer: to review (CP-29), up a level (CP-30) or to the meeting (CP-31).

    Raises NotFound, NotOfThisTier, WrongState, ReturnCallMissing, AnswerUnknown,
    TierEmpty.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    complaint.check(Command.ACCEPT_RESULT)
    check_return_call(tx, complaint, method)
    answer = _judged(tx, complaint, by=by, code=code, method=method, evidence=evidence)
    told = complaint.accept_result(answer) if answer.accepted else _up(tx, complaint, answer)
    settle(tx, complaint, told)
    return complaint


def _judged(
    tx: ComplaintTransaction,
    complaint: Complaint,
    *,
    by: Caller,
    code: int,
    method: Method,
    evidence: str,
) -> Answer:
    unit = complaint.intake.org_unit
    today = tx.day_of(unit, tx.now)
    scale = tx.policies.ruling("satisfaction", unit=unit, on=today).value
    scale.choice(code)
    return judge(
        code,
        scale=scale,
        verdict=tx.policies.ruling("closure", unit=unit, on=today, answer=code),
        asked_by=by.id,
        asked_at=tx.now,
        method=method,
        evidence=evidence,
    )


def _up(tx: ComplaintTransaction, complaint: Complaint, answer: Answer) -> Events:
    way_up = chain_of(tx, complaint).way_up(complaint.level)
    match way_up.value:
        case Upgrade() as upgrade:
            team = team_of(tx, complaint.intake, level=upgrade.to)
            told = complaint.escalate(
                answer, because=way_up.because, team=team, form_id=new_id(), now=tx.now
            )
            by, cause = answer.asked_by, Cause.ESCALATED
            return told + start_if_grave(tx, complaint, by=by, cause=cause, reason=None)
        case Meeting() as meeting:
            secretaries = _secretaries(tx, complaint, Ruling(meeting, way_up.because))
            return complaint.submit_to_meeting(
                answer, secretary_ids=secretaries, because=way_up.because
            )


def _secretaries(
    tx: ComplaintTransaction, complaint: Complaint, meeting: Ruling[Meeting]
) -> tuple[UUID, ...]:
    roles = meeting.value.secretaries
    found = tx.staff.nearest(roles, unit=complaint.intake.org_unit)
    if not found:
        raise TierEmpty(
            "The general manager's meeting has no secretary.",
            because=meeting.because,
            roles=[role.value for role in roles],
        )
    return tuple(found)
