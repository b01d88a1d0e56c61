"""Keep what grades are decided by: declarations, breaches, scorecards (CL-10 to CL-20)."""

from datetime import date
from typing import Any

from customer.adapters.mapping import Customer, Scorecard
from customer.adapters.transaction import CustomerTransaction
from customer.domain.grade_criteria import Breach, BreachKind
from customer.domain.scorecards import ScorecardBounds, ScorecardInvalid, check
from customer.domain.staff import Caller
from customer.use_cases.grade_checks import scheme_of
from customer.use_cases.stage_reviews import note_problem
from shared.ids import new_id
from shared.rules import Invalid, UnitUnknown


def record_facts(tx: CustomerTransaction, customer: Customer, **told: Any) -> None:
    """Take over what is declared of a customer; replaces what was declared before."""
    tx.grading_facts.put(customer.id, now=tx.now, by=tx.origin.actor, **told)
    tx.record("customer.grading_facts_recorded", f"customer/{customer.id}")
    tx.note(f"customer/{customer.id}", "grading_facts_recorded")


def record_breach(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    caller: Caller,
    unit: str,
    kind: BreachKind,
    occurred_on: date,
    evidence: str,
) -> Breach:
    """Keep that a customer broke what was agreed with ``unit`` (CL-11).

    Raises UnitUnknown, and Invalid for a day to come.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    if occurred_on > tx.today(unit):
        errors = {"occurred_on": ["Lies in the future."]}
        raise Invalid("A breach is recorded after it happened.", errors=errors)
    breach = Breach(
        id=new_id(), customer_id=customer.id, unit=unit, kind=kind, occurred_on=occurred_on
    )
    tx.grading_facts.add_breach(breach, evidence=evidence, now=tx.now, by=tx.origin.actor)
    tx.record("customer.breach_recorded", f"customer/{customer.id}", breach=kind, unit=unit)
    tx.note(f"customer/{customer.id}", "breach_recorded", breach=kind, unit=unit)
    note_problem(tx, customer, unit=unit, kind=kind)
    return breach


def define_scorecard(
    tx: CustomerTransaction,
    *,
    caller: Caller,
    unit: str,
    scheme: str,
    product: str,
    effective_from: date,
    **card: Any,
) -> Scorecard:
    """Give a unit a scorecard of its own, within what the company allows (CL-19, CL-20, AD-32).

    Raises UnitUnknown, SchemeUnknown, ScorecardInvalid.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    found = scheme_of(tx, scheme, unit=unit)
    if effective_from < tx.today(unit):
        errors = {"effective_from": ["Lies in the past."]}
        raise ScorecardInvalid("What was decided stays decided.", errors=errors)
    made = Scorecard(
        id=new_id(),
        unit=unit,
        scheme=scheme,
        product=product,
        effective_from=effective_from,
        because=found.because,
        created_at=tx.now,
        created_by=caller.id,
        **card,
    )
    check(made, found.value, _bounds(tx, scheme, unit))
    tx.scorecards.add(made)
    tx.record("scorecard.defined", f"unit/{unit}", scorecard_id=made.id, scheme=scheme)
    return made


def _bounds(tx: CustomerTransaction, scheme: str, unit: str) -> ScorecardBounds | None:
    found = tx.policies.rulings("scorecard_bounds", unit=unit, on=tx.today(unit))
    return next((one.value for one in found if one.value.scheme == scheme), None)
