"""Problem tickets: one function a command, each by somebody who is called upon (PT-01..PT-22)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.flow_cases import Arrival
from complaint.domain.flows import Duty
from complaint.domain.levels import suggest
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.problems import (
    HandlingStep,
    Plan,
    Problem,
    ReturnVisit,
)
from complaint.domain.root_causes import RootCause
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller, Filer
from complaint.use_cases import flows, patterns, shipment_holds, trainings
from complaint.use_cases.wording import check_wording
from shared.ids import new_id


def submit(
    tx: ComplaintTransaction,
    *,
    by: Filer,
    arrival: Arrival,
    matter: str,
    contact: NamedContact | None = None,
    **facts: Any,
) -> Problem:
    """Take a problem in with the priority that the packs give it (PT-05, PT-06, PT-14, PT-18).

    ``facts`` are type, source, found_by_customer, and product and batch where they are known.
    Raises UnitUnknown, ReceivedInFuture, PolicyMissing, LevelUnknown, TierEmpty.
    """
    to = flows.received(tx, Problem, arrival, by=by)
    decisive = {name: facts[name] for name in ("type", "source", "found_by_customer")}
    unit, day = arrival.org_unit, tx.day_of(arrival.org_unit, tx.now)
    suggestion = suggest(tx.policies.rulings("priorities", unit=unit, on=day, **decisive))
    problem = flows.take_in(
        tx,
        Problem,
        by=by,
        to=to,
        arrival=arrival,
        matter=matter,
        level=suggestion.level,
        suggestion=suggestion,
        contact=contact,
        **facts,
    )
    patterns.note(tx, problem)
    return problem


def register(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller) -> Problem:
    """Confirm and register it; what it is about is shipped no more where the pack says so (PT-07,
    PT-13). Raises NotFound, NotOfThisTier, WrongState, TierEmpty."""
    problem = flows.taken(tx, Problem, problem_id, by=by)
    told = problem.register(by.id, now=tx.now)
    shipment_holds.at_registration(tx, problem, by=by)
    return flows.go_on(tx, problem, told)


def verify(
    tx: ComplaintTransaction,
    problem_id: UUID,
    *,
    by: Caller,
    departments: Collection[str],
    investigator_ids: Collection[UUID],
) -> Problem:
    """Say which departments it touches and who looks into it (PT-08).

    Raises NotFound, NotOfThisTier, WrongState, TierEmpty, PersonNotOnStaff.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    flows.check_staff(tx, investigator_ids)
    told = problem.verify(departments, investigator_ids, now=tx.now)
    patterns.note(tx, problem)
    return flows.go_on(tx, problem, told, done="verified")


def record_findings(
    tx: ComplaintTransaction,
    problem_id: UUID,
    *,
    by: Caller,
    findings: str,
    root_cause: RootCause | None = None,
) -> Problem:
    """Write down what the investigation found, and what it comes from (PT-08, PT-16).

    Raises NotFound, NotOfThisTier, WrongState.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    told = problem.record_findings(findings, root_cause=root_cause, now=tx.now)
    return flows.go_on(tx, problem, told, done="findings_recorded")


def plan_solution(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, plan: Plan) -> Problem:
    """Decide how to solve it; the owner of the plan answers for that (PT-04, PT-09, PT-19).

    Raises NotFound, NotOfThisTier, WrongState, PersonNotOnStaff, RootCauseMissing, and what the
    domain refuses.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    flows.check_staff(tx, [plan.owner_id])
    day = tx.day_of(problem.unit, tx.now)
    rule = tx.policies.ruling("remedies", unit=problem.unit, on=day, type=problem.type)
    told = problem.make_plan(plan, rule=rule, now=tx.now)
    trainings.check_root_cause(tx, problem)
    return flows.go_on(tx, problem, told, done="planned", to=plan.owner_id)


def log_step(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, content: str) -> Problem:
    """Write down a thing that was done about it (PT-10).

    Raises NotFound, NotOfThisTier, WrongState.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    step = HandlingStep(id=new_id(), by=by.id, at=tx.now, content=content)
    return flows.go_on(tx, problem, problem.log_step(step), done="step_logged")


def track(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, result: str) -> Problem:
    """It is solved: say how (PT-10). Raises NotFound, NotOfThisTier, WrongState, TierEmpty,
    FollowUpMissing."""
    problem = flows.taken(tx, Problem, problem_id, by=by)
    told = problem.track(result, now=tx.now)
    trainings.check_followed_up(tx, problem)
    return flows.go_on(tx, problem, told)


def call_back(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, **said: Any) -> Problem:
    """The return visit: is the customer satisfied, and what is to be learnt (PT-11)?

    Somebody dissatisfied leads back to the work, and to whoever owns its plan. Raises NotFound,
    NotOfThisTier, WrongState, TierEmpty.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    visit = ReturnVisit(id=new_id(), by=by.id, at=tx.now, **said)
    told, owner = problem.call_back(visit), None if visit.satisfied else _owner(tx, problem)
    return flows.go_on(tx, problem, told, done="called_back", to=owner)


def close(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller) -> Problem:
    """Nothing is left to do. Raises NotFound, NotOfThisTier, WrongState, HoldStands."""
    problem = flows.taken(tx, Problem, problem_id, by=by)
    told = problem.close(now=tx.now)
    shipment_holds.check_ended(tx, problem)
    return flows.go_on(tx, problem, told)


def tell_progress(
    tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, method: Method, content: str
) -> Problem:
    """The customer was told how far his problem is (PT-26).

    Raises NotFound, NotOfThisTier, WrongState.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    contact = flows.contact(tx, by, method=method, content=content)
    flows.told_progress(tx, problem, problem.tell_progress(contact))
    check_wording(tx, content, about=problem, text=RecordedText.PROGRESS, by=by.id)
    return problem


def call_in(tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, person_id: UUID) -> Problem:
    """Let somebody else work on it as well (PT-22).

    Raises NotFound, NotOfThisTier, WrongState, PersonNotOnStaff.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    flows.check_staff(tx, [person_id])
    rule = flows.stage_rule(tx, problem)
    called = problem.call_in(Duty.SUPPORT, person_id, because=rule.because, now=tx.now)
    return flows.go_on(tx, problem, called)


def _owner(tx: ComplaintTransaction, problem: Problem) -> UUID | None:
    """The owner of the plan, while he holds a post."""
    plan = problem.plan
    return plan.owner_id if plan and tx.staff.posts_of(plan.owner_id) else None
