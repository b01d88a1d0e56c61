"""What follows inside this service when a customer is barred, and when he comes back."""

from uuid import UUID

from customer.adapters.mapping import BlacklistEntry, Customer, Grade
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_rules import ReturnGrade, Scope, Told
from customer.domain.events.grading import GradeChanged
from customer.domain.grade_schemes import GradeScheme
from customer.domain.memberships import Standing
from customer.use_cases.grade_checks import scheme_of
from customer.use_cases.visit_plans import clear_reminders, plan_visits
from shared.rules import Ruling


def told_of(tx: CustomerTransaction, entry: BlacklistEntry) -> tuple[UUID, ...]:
    """The persons whom the packs want to be told of an entry (AD-15, AD-21): of one of the company
    all who hold the roles, of one of a department whoever is nearest to it."""
    unit = entry.org_unit
    rulings: list[Ruling[Told]] = tx.policies.rulings(
        "blacklist_notices", unit=unit, on=tx.today(unit), scope=entry.scope
    )
    roles = [role for ruling in rulings for role in ruling.value.roles]
    if entry.scope is Scope.COMPANY:
        return tx.staff.holders(roles)
    found = {one for role in roles for one in tx.staff.nearest(role, unit=unit)}
    return tuple(sorted(found))


def bar(tx: CustomerTransaction, entry: BlacklistEntry, customer: Customer) -> None:
    """Let nobody whom the entry bars visit the customer; one of the company takes him out of every
    customer base, where his file stays readable (AD-16, AD-21, K-16)."""
    if entry.scope is Scope.COMPANY:
        entry.exited_units = tuple(
            one.unit
            for one in tx.memberships.of(customer.id)
            if one.standing is not Standing.EXITED and one.take(Standing.EXITED, now=tx.now)
        )
    tx.session.flush()
    for visit in tx.visits.open_of(customer.id).values():
        if entry.barred_unit is None or tx.sees(entry.barred_unit, visit.org_unit):
            tx.emit(visit.cancel("customer_blacklisted"))
            clear_reminders(tx, visit)
    tx.session.flush()
    plan_visits(tx, customer, recount=False)


def readmit(
    tx: CustomerTransaction, entry: BlacklistEntry, customer: Customer, given: Ruling[ReturnGrade]
) -> None:
    """Let a customer stand again where the entry had barred him, with the grade of a returning
    customer and no better one (AD-19)."""
    tx.session.flush()
    for unit in _returning(tx, entry, customer):
        membership = tx.memberships.find(customer.id, unit)
        barred = tx.blacklist.barring(customer.id, unit=unit)
        if membership is not None and barred is None and unit in entry.exited_units:
            membership.take(Standing.ENTERED, now=tx.now)
    _regrade(tx, entry, customer, given)
    tx.session.flush()
    plan_visits(tx, customer, recount=True)


def _returning(
    tx: CustomerTransaction, entry: BlacklistEntry, customer: Customer
) -> tuple[str, ...]:
    if entry.scope is Scope.COMPANY:
        return entry.exited_units
    below = {
        one.unit for one in tx.memberships.of(customer.id) if tx.sees(entry.org_unit, one.unit)
    }
    return tuple(sorted({entry.org_unit, *below}))


def _regrade(
    tx: CustomerTransaction, entry: BlacklistEntry, customer: Customer, given: Ruling[ReturnGrade]
) -> None:
    """Whatever he held by that scheme where the entry barred him becomes the grade of a returning
    customer, and he has it in every unit to which he comes back."""
    scheme = scheme_of(tx, given.value.scheme, unit=entry.org_unit).value
    barred = entry.barred_unit
    held = [
        one
        for one in tx.grades.of(customer.id)
        if one.scheme == scheme.scheme and (barred is None or tx.sees(barred, one.unit))
    ]
    for one in held:
        old, one.grade = one.grade, given.value.grade
        one.because, one.graded_at = given.because, tx.now
        if old != one.grade:
            _tell(tx, customer, one, scheme, old=old)
    graded = {one.unit for one in held if not one.product}
    for unit in _returning(tx, entry, customer):
        if unit not in graded:
            first = _first(tx, customer, unit, scheme, given)
            tx.grades.add(first)
            _tell(tx, customer, first, scheme, old=None)


def _first(
    tx: CustomerTransaction,
    customer: Customer,
    unit: str,
    scheme: GradeScheme,
    given: Ruling[ReturnGrade],
) -> Grade:
    return Grade(
        customer_id=customer.id,
        unit=unit,
        scheme=scheme.scheme,
        grade=given.value.grade,
        because=given.because,
        graded_at=tx.now,
        internal=scheme.internal,
    )


def _tell(
    tx: CustomerTransaction,
    customer: Customer,
    grade: Grade,
    scheme: GradeScheme,
    *,
    old: str | None,
) -> None:
    changed = GradeChanged.by(
        scheme,
        customer_id=customer.id,
        org_unit=customer.org_unit,
        unit=grade.unit,
        product=grade.product,
        old=old,
        new=grade.grade,
        because=grade.because,
        secret=grade.internal,
    )
    tx.emit(changed, because=grade.because)
