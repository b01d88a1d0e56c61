"""Grade customers by the schemes of a unit: propose, approve, reject (CL-21 to CL-34, S9)."""

from collections.abc import Mapping
from typing import Any

from customer.adapters.mapping import Customer, Grade, Grading, Scorecard
from customer.adapters.transaction import CustomerTransaction
from customer.domain.events.grading import GradeChanged
from customer.domain.grade_schemes import GradeScheme, SchemeKind
from customer.domain.grading_states import State
from customer.domain.gradings import RoleNotNamed
from customer.domain.scorecards import ScorecardMissing
from customer.domain.staff import Officer
from customer.use_cases.grade_checks import (
    GradeUnknown,
    check_caps,
    check_grade,
    check_standing,
    scheme_of,
)
from customer.use_cases.partners import partner_graded
from customer.use_cases.snapshots import plan_snapshots
from customer.use_cases.stage_reviews import follow_grade
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import Forbidden, Invalid, RuleBroken, UnitUnknown


class GradingPending(RuleBroken):
    """Another proposal for the same customer, unit, scheme and product waits for its approval."""

    code = "grading_pending"


class NotResponsible(Forbidden):
    """Only the unit that is responsible for the customer may begin that (CL-34)."""

    code = "not_responsible"


class GradeBeyondScore(RuleBroken):
    """The total of the scorecard does not reach the grade (CL-20)."""

    code = "grade_beyond_score"


def propose_grade(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    caller: Officer,
    unit: str,
    scheme: str,
    product: str = "",
    grade: str | None = None,
    scores: Mapping[str, int] | None = None,
    **told: Any,
) -> Grading:
    """Propose a grade; where nobody has to agree it holds at once.

    Without ``grade`` it is the one that the scorecard suggests. Raises UnitUnknown, SchemeUnknown,
    RoleNotNamed, NotResponsible, NotInBase, GradingPending, and as ``check_grade``, ``check_caps``.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    found = scheme_of(tx, scheme, unit=unit)
    customer = tx.customers.known(customer.id)  # His gradings come one after the other.
    grading = Grading(
        id=new_id(),
        customer_id=customer.id,
        unit=unit,
        scheme=scheme,
        product=_product(found.value, product),
        grade=grade or "",
        because=found.because,
        proposed_by=caller.id,
        proposed_at=tx.now,
        approvers=found.value.approvers,
        internal=found.value.internal,
        **told,
    )
    _check_proposer(tx, customer, grading, found.value, caller)
    check_standing(tx, customer, found.value, unit=unit)
    _score(tx, grading, found.value, scores)
    return _open(tx, customer, grading, found.value)


def approve_grade(tx: CustomerTransaction, grading: Grading, *, caller: Officer) -> Grading:
    """Agree to a proposal; with the last agreement the grade holds.

    Everything is asked once more, since time has passed. Raises WrongState, OwnProposal,
    ApprovedAlready, RoleNotNamed, and as ``propose_grade``.
    """
    customer = tx.customers.known(grading.customer_id)
    _log(tx, grading, "approved")
    if grading.approve(by=caller.id, roles=caller.roles, now=tx.now):
        scheme = scheme_of(tx, grading.scheme, unit=grading.unit).value
        check_standing(tx, customer, scheme, unit=grading.unit)
        check_grade(tx, customer, grading, scheme)
        _let_hold(tx, customer, grading, scheme)
    return grading


def reject_grade(
    tx: CustomerTransaction, grading: Grading, *, caller: Officer, reason: str
) -> Grading:
    """Decide against a proposal. Raises WrongState, RoleNotNamed."""
    grading.reject(roles=caller.roles, reason=reason, now=tx.now)
    _log(tx, grading, "rejected")
    return grading


def _open(
    tx: CustomerTransaction, customer: Customer, grading: Grading, scheme: GradeScheme
) -> Grading:
    if tx.gradings.in_state(grading, State.PROPOSED) is not None:
        raise GradingPending("Another proposal waits for its approval.")
    check_grade(tx, customer, grading, scheme)
    tx.gradings.add(grading)
    _log(tx, grading, "proposed")
    if grading.approvers:
        check_caps(tx, grading)
    else:
        _let_hold(tx, customer, grading, scheme)
    return grading


def _log(tx: CustomerTransaction, grading: Grading, act: str) -> None:
    """Into the audit log and the customer's timeline, which does not say which grade it is."""
    tx.record(f"grading.{act}", f"grading/{grading.id}", customer_id=grading.customer_id)
    tx.note(
        f"customer/{grading.customer_id}",
        f"grading_{act}",
        grading_id=grading.id,
        unit=grading.unit,
        scheme=grading.scheme,
    )


def _product(scheme: GradeScheme, product: str) -> str:
    if product and not scheme.per_product:
        errors = {"product": ["The scheme does not tell products apart."]}
        raise Invalid("That scheme grades for all products.", errors=errors)
    return product


def _check_proposer(
    tx: CustomerTransaction,
    customer: Customer,
    grading: Grading,
    scheme: GradeScheme,
    caller: Officer,
) -> None:
    """Whoever gives the first grade alone needs nobody's approval (CL-32)."""
    if tx.grades.find(grading) is None and {*caller.roles} & {*scheme.assigners}:
        grading.approvers = ()
        return
    if not {*caller.roles} & {*scheme.proposers}:
        raise RoleNotNamed("The scheme names other roles for that.")
    if scheme.owner_initiates and caller.unit != customer.org_unit:
        raise NotResponsible("Only the unit that is responsible may begin that.")


def _score(
    tx: CustomerTransaction,
    grading: Grading,
    scheme: GradeScheme,
    scores: Mapping[str, int] | None,
) -> None:
    if scheme.kind is SchemeKind.SCORECARD:
        card = _scorecard(tx, grading)
        grading.scores = dict(scores or {})
        grading.scorecard_id, grading.score = card.id, card.total(grading.scores)
        suggested = card.suggested(grading.score)
        grading.grade = grading.grade or suggested or ""
        asked, reached = scheme.rank(grading.grade), scheme.rank(suggested)
        if asked is not None and (reached is None or asked < reached):
            raise GradeBeyondScore("The total does not reach the grade.", score=str(grading.score))
    if not grading.grade:
        errors = {"grade": ["Nothing suggests one."]}
        raise GradeUnknown("There is no grade to propose.", errors=errors)


def _scorecard(tx: CustomerTransaction, grading: Grading) -> Scorecard:
    card = tx.scorecards.in_force(
        units=chain(tx.session, grading.unit),
        scheme=grading.scheme,
        product=grading.product,
        on=tx.today(grading.unit),
    )
    if card is None:
        raise ScorecardMissing("The scorecard comes before the first grade.")
    return card


def _let_hold(
    tx: CustomerTransaction, customer: Customer, grading: Grading, scheme: GradeScheme
) -> None:
    check_caps(tx, grading)
    present = tx.grades.find(grading)
    old = present.grade if present else None
    before = tx.gradings.in_state(grading, State.ACTIVE)
    if before is not None:
        before.supersede()
        tx.session.flush()  # Of two that hold the database refuses the second.
    grading.activate(old=old, now=tx.now)
    _put(tx, grading, present)
    tx.gradings.keep(grading, now=tx.now, by=tx.origin.actor)
    changed = GradeChanged.by(
        scheme,
        customer_id=customer.id,
        org_unit=customer.org_unit,
        unit=grading.unit,
        product=grading.product,
        old=old,
        new=grading.grade,
        because=grading.because,
        secret=grading.internal,
    )
    tx.emit(changed, because=grading.because)
    follow_grade(tx, grading, scheme)
    if scheme.admitted_only:
        partner_graded(tx, customer)
    tx.session.flush()
    plan_snapshots(tx, customer)
    plan_visits(tx, customer, recount=old != grading.grade)


def _put(tx: CustomerTransaction, grading: Grading, present: Grade | None) -> None:
    if present is not None:
        present.grade, present.because = grading.grade, grading.because
        present.graded_at, present.internal = tx.now, grading.internal
        return
    names = ("customer_id", "unit", "scheme", "product", "grade", "because", "internal")
    given = {name: getattr(grading, name) for name in names}
    tx.grades.add(Grade(**given, graded_at=tx.now))
