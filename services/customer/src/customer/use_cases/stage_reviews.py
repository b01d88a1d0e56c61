"""Review graded customers stage by stage, and lower grades that problems make untenable."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Grade, GradeProblem, Grading, StageReview
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import add_months
from customer.domain.events.stage_reviews import (
    DowngradeDue,
    DowngradeOverdue,
    EvaluationDue,
    EvaluationOverdue,
)
from customer.domain.grade_schemes import GradeScheme
from customer.domain.staff import Role
from customer.domain.stage_review_states import State
from customer.domain.stage_reviews import DowngradeRule, StageRule
from customer.use_cases.audiences import audience_of
from customer.use_cases.standards import propose_failing
from shared.ids import new_id
from shared.rules import Because, Ruling

OPEN = "grade.review_open"
MISSED = "grade.review_missed"
DUE = "grade.downgrade_due"
OVERDUE = "grade.downgrade_overdue"
TOLD = (Role.MARKETING_DIVISION.value,)


def follow_grade(tx: CustomerTransaction, grading: Grading, scheme: GradeScheme) -> None:
    """See to what follows from a grade that begins to hold: its next review, and whether it is the
    lower one that a problem asked for (CL-23, CL-24)."""
    if not grading.product:
        _next_review(tx, grading, since=tx.today(grading.unit))
    problem = tx.stage_reviews.pending(grading)
    was = scheme.rank(problem.grade) if problem else None
    now = scheme.rank(grading.grade)
    if problem is not None and was is not None and now is not None and now > was:
        problem.settled_at = tx.now
        for kind in (DUE, OVERDUE):
            tx.cancel_timer(kind, f"problem/{problem.id}")


def open_review(
    tx: CustomerTransaction, *, customer_id: UUID, unit: str, scheme: str, since: date
) -> None:
    """Ask a unit to review a customer of its base whom it still grades by that scheme (CL-22,
    CL-23). Who fails the elimination standard is proposed for exit (AD-22)."""
    customer = tx.customers.known(customer_id)
    found = [g for g in tx.grades.of(customer_id) if (g.unit, g.scheme) == (unit, scheme)]
    present = next((one for one in found if one.product == ""), None)
    rule = _stage_rule(tx, unit, scheme)
    if present is None or rule is None:
        return
    today = tx.today(unit)
    _next_review(tx, present, since=today)
    if tx.memberships.has_left(customer_id, units=[unit]):
        return
    review = StageReview(
        id=new_id(),
        customer_id=customer_id,
        unit=unit,
        scheme=scheme,
        period_from=since,
        period_to=today,
        due_on=today + timedelta(days=rule.value.report_days),
        old_grade=present.grade,
        because=rule.because,
        internal=present.internal,
    )
    tx.stage_reviews.add(review)
    _wake(tx, MISSED, f"review/{review.id}", unit, review.due_on + _DAY, review_id=review.id)
    tx.emit(_due(tx, customer, review), because=rule.because)
    tx.session.flush()
    propose_failing(tx, customer, review)


def miss_review(tx: CustomerTransaction, *, review_id: UUID) -> None:
    """Tell the marketing division that a review was not reported in time (CL-23)."""
    review = tx.stage_reviews.known(review_id)
    if review.state is not State.OPEN:
        return
    review.miss()
    customer = tx.customers.known(review.customer_id)
    told = EvaluationOverdue(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        review_id=review.id,
        unit=review.unit,
        scheme=review.scheme,
        due_on=review.due_on,
        told_roles=TOLD,
        told_ids=audience_of(tx, "evaluation_overdue", customer, units=[review.unit]),
        because=review.because,
    )
    tx.emit(told, because=review.because)


def report_review(
    tx: CustomerTransaction,
    review: StageReview,
    *,
    by: str,
    proposed_grade: str,
    scores: Mapping[str, int],
    problems: list[str],
    consequence: str | None,
) -> StageReview:
    """Report the result of a review (F-11); problems ask for a lower grade. Raises WrongState."""
    form = {"scores": dict(scores), "problems": problems, "consequence": consequence}
    review.report(form=form, proposed_grade=proposed_grade, by=by, now=tx.now)
    tx.cancel_timer(MISSED, f"review/{review.id}")
    _log(tx, review, "reported")
    customer = tx.customers.known(review.customer_id)
    for kind in problems:
        note_problem(tx, customer, unit=review.unit, kind=kind)
    return review


def file_review(tx: CustomerTransaction, review: StageReview, *, by: str) -> StageReview:
    """Put a reported review on file (CL-23). Raises WrongState."""
    review.file(by=by, now=tx.now)
    _log(tx, review, "filed")
    return review


def note_problem(tx: CustomerTransaction, customer: Customer, *, unit: str, kind: str) -> None:
    """Begin the days within which the grades that this problem makes untenable are lowered; one
    that is lowered already, or is being so, stays as it is (CL-24)."""
    for grade in tx.grades.of(customer.id):
        rule = _downgrade_rule(tx, grade, kind) if grade.unit == unit else None
        if rule is not None and tx.stage_reviews.pending(grade) is None:
            _begin_downgrade(tx, grade, rule, kind)


def remind_downgrade(tx: CustomerTransaction, *, problem_id: UUID, overdue: bool) -> None:
    """Tell that a grade is to be lowered today, or should have been (CL-24)."""
    problem = tx.stage_reviews.known_problem(problem_id)
    if problem.settled_at is not None:
        return
    customer = tx.customers.known(problem.customer_id)
    kind = DowngradeOverdue if overdue else DowngradeDue
    event = "downgrade_overdue" if overdue else "downgrade_due"
    told = kind(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        problem_id=problem.id,
        unit=problem.unit,
        scheme=problem.scheme,
        due_on=problem.due_on,
        told_ids=audience_of(tx, event, customer, units=[problem.unit]),
        because=problem.because,
    )
    tx.emit(told, because=problem.because)


_DAY = timedelta(days=1)


def _log(tx: CustomerTransaction, review: StageReview, act: str) -> None:
    """Into the audit log and the customer's timeline."""
    tx.record(f"stage_review.{act}", f"review/{review.id}", customer_id=review.customer_id)
    tx.note(
        f"customer/{review.customer_id}",
        f"review_{act}",
        review_id=review.id,
        unit=review.unit,
        scheme=review.scheme,
    )


def _begin_downgrade(
    tx: CustomerTransaction, grade: Grade, rule: Ruling[DowngradeRule], kind: str
) -> None:
    names = ("customer_id", "unit", "scheme", "product", "grade")
    problem = GradeProblem(
        id=new_id(),
        **{name: getattr(grade, name) for name in names},
        kind=kind,
        due_on=tx.today(grade.unit) + timedelta(days=rule.value.days),
        because=rule.because,
        noted_at=tx.now,
        noted_by=tx.origin.actor,
    )
    tx.stage_reviews.add_problem(problem)
    for timer, day in ((DUE, problem.due_on), (OVERDUE, problem.due_on + _DAY)):
        _wake(tx, timer, f"problem/{problem.id}", grade.unit, day, problem_id=problem.id)


def _downgrade_rule(
    tx: CustomerTransaction, grade: Grade, kind: str
) -> Ruling[DowngradeRule] | None:
    found: list[Ruling[DowngradeRule]] = tx.policies.rulings(
        "grade_downgrades", unit=grade.unit, on=tx.today(grade.unit)
    )
    for one in found:
        same = (one.value.scheme, one.value.grade) == (grade.scheme, grade.grade)
        if same and kind in one.value.problems:
            return one
    return None


def _stage_rule(tx: CustomerTransaction, unit: str, scheme: str) -> Ruling[StageRule] | None:
    found: list[Ruling[StageRule]] = tx.policies.rulings(
        "stage_reviews", unit=unit, on=tx.today(unit)
    )
    return next((one for one in found if one.value.scheme == scheme), None)


def _next_review(tx: CustomerTransaction, key: Grade | Grading, *, since: date) -> None:
    rule = _stage_rule(tx, key.unit, key.scheme)
    if rule is not None:
        day = add_months(since, rule.value.months)
        subject = f"customer/{key.customer_id}/{key.unit}/{key.scheme}"
        told = {"customer_id": key.customer_id, "unit": key.unit, "scheme": key.scheme}
        _wake(tx, OPEN, subject, key.unit, day, since=since, **told)


def _due(tx: CustomerTransaction, customer: Customer, review: StageReview) -> EvaluationDue:
    because: Because = review.because
    return EvaluationDue(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        review_id=review.id,
        unit=review.unit,
        scheme=review.scheme,
        due_on=review.due_on,
        told_ids=audience_of(tx, "evaluation_due", customer, units=[review.unit]),
        because=because,
    )


def _wake(
    tx: CustomerTransaction, kind: str, subject: str, unit: str, day: date, /, **told: Any
) -> None:
    midnight = datetime.combine(day, time.min, tzinfo=tx.calendar(unit).timezone)
    tx.set_timer(kind, subject, midnight.astimezone(UTC), **told)
