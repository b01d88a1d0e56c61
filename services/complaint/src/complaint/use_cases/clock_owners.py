"""Whose it is to do what a clock waits for."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.chain import LevelUnknown, Meeting
from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.staff import Role
from complaint.use_cases.chain import chain_of


def owners(tx: ComplaintTransaction, case: Case, name: ClockName) -> tuple[UUID, ...]:
    """Who is nearest to the case and may do it; the handler, where nobody else has to.

    A reviewer never had a hand in the complaint (CP-21). Nobody to be found is no error, nor is a
    level that the chain of today does not have: that time is up is told anyway.
    """
    if not isinstance(case, Complaint):
        return (case.handler_id,)
    try:
        return _of_complaint(tx, case, name)
    except LevelUnknown:
        return (case.handler_id,)


def _of_complaint(tx: ComplaintTransaction, case: Complaint, name: ClockName) -> tuple[UUID, ...]:
    match name:
        case ClockName.HAND_OVER:
            return tuple(sorted(case.assigned_ids))
        case ClockName.SOLUTION:
            plan = case.form.plan
            there = plan and tx.staff.posts_of(plan.owner_id)
            return (plan.owner_id if plan and there else case.handler_id,)
        case ClockName.REVIEW:
            roles = chain_of(tx, case).step(case.level).value.reviewers
            return tuple(tx.staff.nearest(roles, unit=case.unit, without=case.hands))
        case ClockName.DECISION:
            way_up = chain_of(tx, case).way_up(case.level).value
            return _nearest(tx, case, way_up.secretaries) if isinstance(way_up, Meeting) else ()
        case ClockName.ARCHIVE:
            return _nearest(tx, case, chain_of(tx, case).step(case.level).value.archivists)
        case _:
            return (case.handler_id,)


def _nearest(tx: ComplaintTransaction, case: Case, roles: tuple[Role, ...]) -> tuple[UUID, ...]:
    return tuple(tx.staff.nearest(roles, unit=case.unit))
