"""Have those trained whose service a problem comes from, and hear what comes of it (PT-16)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.field_work import stands
from complaint.domain.problems import Problem
from complaint.domain.root_causes import (
    FollowUp,
    FollowUpMissing,
    RootCauseMissing,
    RootCauseRule,
    TrainingNeedless,
)
from complaint.domain.staff import Caller
from complaint.domain.trainings import Topic, Training, TrainingRule
from complaint.use_cases import department_work, flows
from shared.envelope import Event
from shared.ids import new_id
from shared.org_units import require
from shared.rules import Ruling

WAKE = "training.wake"


def request(
    tx: ComplaintTransaction,
    problem_id: UUID,
    *,
    by: Caller,
    person_ids: Collection[UUID],
    topic: Topic,
    content: str,
    department: str | None = None,
) -> Training:
    """Ask the department, that of whoever sees to training unless one is named, to train those
    persons.

    Raises NotFound, NotOfThisTier, WrongState, TrainingNeedless, UnitUnknown, PolicyMissing,
    PersonNotOnStaff.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    flows.stage_rule(tx, problem)
    if _follow_up(tx, problem) is not FollowUp.TRAINING:
        raise TrainingNeedless("The problem does not come from service or operation.")
    flows.check_staff(tx, person_ids)
    rule = _rule(tx, problem.unit)
    if department:
        require(tx.session, department)
    seat, owner_id = department_work.seat_of(tx, rule.value.owners, unit=department or problem.unit)
    training = Training(
        id=new_id(),
        case_id=problem.id,
        org_unit=problem.unit,
        department=department or seat,
        person_ids=tuple(sorted(set(person_ids))),
        topic=topic,
        content=content,
        because=rule.because,
        requested_by=by.id,
        requested_at=tx.now,
        due_at=department_work.deadline(
            tx, department or seat, Ruling(rule.value.time, rule.because)
        ).due_at,
        owner_id=owner_id,
    )
    tx.trainings.add(training)
    tx.note(problem.ref.subject, "training_requested", training_id=training.id)
    return _settled(tx, training, [training.requested()])


def schedule(tx: ComplaintTransaction, training_id: UUID, *, by: Caller, on: date) -> Training:
    """Say on which day it will be held. Raises NotFound, NotOfTheDepartment, WrongState,
    DueInPast."""
    training = _of_department(tx, training_id, by=by)
    training.schedule(by.id, on=on, today=tx.day_of(training.department, tx.now))
    return _settled(tx, training)


def hold(
    tx: ComplaintTransaction,
    training_id: UUID,
    *,
    by: Caller,
    attended_ids: Collection[UUID],
    result: str,
) -> Training:
    """It was held. Raises NotFound, NotOfTheDepartment, WrongState, NotToBeTrained."""
    training = _of_department(tx, training_id, by=by)
    told = training.hold(attended_ids=attended_ids, result=result, now=tx.now)
    return _settled(tx, training, [told])


def decline(tx: ComplaintTransaction, training_id: UUID, *, by: Caller, reason: str) -> Training:
    """The department will not hold it. Raises NotFound, NotOfTheDepartment, WrongState."""
    training = _of_department(tx, training_id, by=by)
    return _settled(tx, training, [training.decline(reason=reason, now=tx.now)])


def wake(tx: ComplaintTransaction, training_id: UUID) -> None:
    """Tell owner and supervisors that training was not held in time."""
    training = tx.trainings.of_event(training_id)
    if training.miss(tx.now):
        roles = _rule(tx, training.org_unit).value.supervisors
        told = tuple(tx.staff.nearest(roles, unit=training.department))
        _settled(tx, training, [training.late(told)])


def check_root_cause(tx: ComplaintTransaction, problem: Problem) -> None:
    """Before a solution is planned it is known what an after-sales problem comes from.

    Raises RootCauseMissing.
    """
    rule = _root_cause_rule(tx, problem)
    if rule and problem.root_cause is None:
        raise RootCauseMissing("Say first what the problem comes from.", because=rule.because)


def check_followed_up(tx: ComplaintTransaction, problem: Problem) -> None:
    """A problem counts as solved once what follows from its root cause was asked for; work that was
    cancelled does not count.

    Raises FollowUpMissing.
    """
    rule, wanted = _root_cause_rule(tx, problem), _follow_up(tx, problem)
    asked = {
        FollowUp.FIELD_WORK: stands(problem.field_works),
        FollowUp.TRAINING: tx.trainings.asked_for(problem.id),
    }
    if rule and wanted and not asked[wanted]:
        raise FollowUpMissing(
            f"A problem that comes from {problem.root_cause} needs {wanted}.",
            because=rule.because,
            follow_up=wanted.value,
        )


def _follow_up(tx: ComplaintTransaction, problem: Problem) -> FollowUp | None:
    rule = _root_cause_rule(tx, problem)
    if rule is None or problem.root_cause is None:
        return None
    return rule.value.follow_ups.get(problem.root_cause)


def _root_cause_rule(tx: ComplaintTransaction, problem: Problem) -> Ruling[RootCauseRule] | None:
    today = tx.day_of(problem.unit, tx.now)
    rules: list[Ruling[RootCauseRule]] = tx.policies.rulings(
        "root_causes", unit=problem.unit, on=today, source=problem.source
    )
    return rules[0] if rules else None


def _rule(tx: ComplaintTransaction, unit: str) -> Ruling[TrainingRule]:
    today = tx.day_of(unit, tx.now)
    return tx.policies.ruling("trainings", unit=unit, on=today)


def _of_department(tx: ComplaintTransaction, training_id: UUID, *, by: Caller) -> Training:
    training = tx.trainings.take(training_id, unit=by.unit)
    department_work.check_department(
        tx,
        training.department,
        by=by,
        roles=_rule(tx, training.org_unit).value.owners,
        because=training.because,
        owner_id=training.owner_id,
    )
    return training


def _settled(
    tx: ComplaintTransaction, training: Training, events: Sequence[Event] = ()
) -> Training:
    department_work.settle(tx, training, events, wake=WAKE, done=f"training_{training.state}")
    return training
