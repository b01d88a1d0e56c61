"""What stands between a customer and a grade: schemes, steps, criteria and caps."""

from dataclasses import replace
from functools import partial
from typing import Any

from customer.adapters.mapping import Customer, Grading
from customer.adapters.transaction import CustomerTransaction
from customer.domain.grade_caps import CapReached, CapReasonMissing, CapScope, GradeCap
from customer.domain.grade_criteria import check
from customer.domain.grade_schemes import GradeScheme, SchemeKind
from customer.domain.memberships import Standing
from customer.use_cases.file_fields import missing_in
from shared.rules import Invalid, RuleBroken, Ruling


class SchemeUnknown(Invalid):
    """The unit grades nobody by that scheme."""

    code = "scheme_unknown"


class GradeUnknown(Invalid):
    """The scheme has no such grade."""

    code = "grade_unknown"


class NotInBase(RuleBroken):
    """The customer does not stand in the customer base of the unit, or not far enough."""

    code = "not_in_base"


class FormMissing(RuleBroken):
    """The information form is filled in before the grade; names what is empty (CL-21)."""

    code = "form_missing"


class GradeSkipped(RuleBroken):
    """A grade in between may not be left out (CL-25)."""

    code = "grade_skipped"


class ReviewMissing(RuleBroken):
    """A better grade needs a stage review (CL-25)."""

    code = "review_missing"


ENTERED = frozenset({Standing.ENTERED})
STANDING = frozenset({Standing.PROSPECT, Standing.ENTERED})


def scheme_of(tx: CustomerTransaction, scheme: str, *, unit: str) -> Ruling[GradeScheme]:
    """The scheme as it holds in the unit. Raises SchemeUnknown, UnitUnknown, CalendarMissing."""
    for found in tx.policies.rulings("grade_schemes", unit=unit, on=tx.today(unit)):
        if found.value.scheme == scheme and found.value.kind is not SchemeKind.COMPUTED:
            return found
    raise SchemeUnknown("The unit grades nobody by that scheme.", scheme=scheme)


def check_standing(
    tx: CustomerTransaction, customer: Customer, scheme: GradeScheme, *, unit: str
) -> None:
    """Raise NotInBase unless the customer stands in the base of ``unit`` or of one below it."""
    check_base(tx, customer, unit=unit, far=ENTERED if scheme.admitted_only else STANDING)


def check_base(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    far: frozenset[Standing] = STANDING,
) -> None:
    """Raise NotInBase unless the customer has come so ``far`` in the base of ``unit`` or of one
    below it."""
    found = tx.memberships.of(customer.id)
    if not any(one.standing in far and tx.sees(unit, one.unit) for one in found):
        raise NotInBase("The customer does not stand in the customer base of the unit.", unit=unit)


def check_grade(
    tx: CustomerTransaction,
    customer: Customer,
    grading: Grading,
    scheme: GradeScheme,
) -> None:
    """Ask what the grade asks for; a worse one than before asks for nothing (CL-24, CL-25).

    Raises GradeUnknown, FormMissing, GradeSkipped, CriteriaUnmet, PolicyMissing.
    """
    if scheme.value(grading.grade) is None:
        raise GradeUnknown("The scheme has no such grade.", grade=grading.grade)
    if _step(tx, grading, scheme) < 0:
        return
    _check_form(tx, customer, grading, scheme)
    criteria = tx.policies.rulings(
        "grade_criteria",
        unit=grading.unit,
        on=tx.today(grading.unit),
    )
    asked = [
        one
        for one in criteria
        if (one.value.scheme, one.value.grade) == (grading.scheme, grading.grade)
    ]
    known = replace(
        tx.grading_facts.of(customer.id),
        annual_amount=customer.annual_amount,
        materials=frozenset(grading.materials),
    )
    grading.criteria = check(asked, known)


def _check_form(
    tx: CustomerTransaction, customer: Customer, grading: Grading, scheme: GradeScheme
) -> None:
    if scheme.form is None:
        return
    lacking = missing_in(tx, customer, form=scheme.form, unit=grading.unit)
    if lacking:
        said = "The information form comes before the grade."
        raise FormMissing(said, because=grading.because, form=scheme.form, missing=list(lacking))


def check_caps(tx: CustomerTransaction, grading: Grading) -> None:
    """Take a place among those who may hold the grade; what is exceeded with a reason becomes a
    warning. Nobody else takes one until the commit. Raises CapReached, CapReasonMissing."""
    department = tx.gradings.department(grading.unit)
    held: set[str] = set()
    warnings: list[dict[str, Any]] = []
    for cap in _caps(tx, grading):
        product = grading.product if cap.value.scope is CapScope.PRODUCT else ""
        if product not in held:
            tx.gradings.hold_places(unit=department, scheme=grading.scheme, product=product)
            held.add(product)
        warnings += _exceeded(tx, grading, cap, department)
    grading.warnings = tuple(warnings)


def _caps(tx: CustomerTransaction, grading: Grading) -> list[Ruling[GradeCap]]:
    """Those of the department first, so that all who take places take them in one order."""
    found: list[Ruling[GradeCap]] = tx.policies.rulings(
        "grade_caps", unit=grading.unit, on=tx.today(grading.unit)
    )
    asked = [
        one
        for one in found
        if (one.value.scheme, one.value.grade) == (grading.scheme, grading.grade)
        and (one.value.scope is CapScope.DEPARTMENT or grading.product)
    ]
    return sorted(asked, key=lambda one: one.value.scope)


def _exceeded(
    tx: CustomerTransaction, grading: Grading, cap: Ruling[GradeCap], department: str
) -> list[dict[str, Any]]:
    holders = partial(
        tx.gradings.holders,
        unit=department,
        scheme=grading.scheme,
        apart_from=grading.customer_id,
    )
    if cap.value.scope is CapScope.DEPARTMENT:
        customers = tx.memberships.entered_below(department)
        taken = holders(grade=grading.grade)
    else:
        customers = holders(product=grading.product) + 1
        taken = holders(grade=grading.grade, product=grading.product)
    places = cap.value.places(customers)
    if taken + 1 <= places:
        return []
    told: dict[str, Any] = {"scope": cap.value.scope.value, "customers": customers}
    told |= {"places": places, "taken": taken}
    _refuse(cap, told, grading.override_reason)
    return [{**told, "because": cap.because.to_data()}]


def _refuse(cap: Ruling[GradeCap], told: dict[str, Any], reason: str | None) -> None:
    if cap.value.hard:
        raise CapReached("No more customers may hold that grade.", because=cap.because, **told)
    if not reason:
        raise CapReasonMissing("Beyond this share a reason is given.", because=cap.because, **told)


def _step(tx: CustomerTransaction, grading: Grading, scheme: GradeScheme) -> int:
    """How many grades upwards; negative downwards, 0 for the first one or the same."""
    old = tx.grades.find(grading)
    was, new = scheme.rank(old.grade) if old else None, scheme.rank(grading.grade)
    if was is None or new is None:
        return 0
    step = was - new
    if (step > 1 and not scheme.skip_up) or (step < -1 and not scheme.skip_down):
        raise GradeSkipped("A grade in between may not be left out.", because=grading.because)
    raised = step > 0 and scheme.raised_on_review
    if raised and old and not tx.stage_reviews.reported_since(grading, old.graded_at):
        raise ReviewMissing("A better grade needs a stage review.", because=grading.because)
    return step
