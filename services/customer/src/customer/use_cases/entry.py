"""Enter customers in the customer base of a unit (AD-09, AD-12)."""

from uuid import UUID

from customer.adapters.mapping import Customer, Membership
from customer.adapters.transaction import CustomerTransaction
from customer.domain.entry import GradeMissing, OwnerUnknown
from customer.domain.events.admission import Entered
from customer.domain.gates import Purpose
from customer.domain.memberships import Standing
from customer.use_cases import gates
from customer.use_cases.customers import revise
from customer.use_cases.grading import held
from customer.use_cases.standings import duty
from customer.use_cases.visit_plans import plan_visits
from shared.rules import NotFound, WrongState


def enter_customer(
    tx: CustomerTransaction, customer: Customer, *, unit: str, owner_id: UUID
) -> Membership:
    """Enter a prospect of ``unit`` and give him his full-time owner, who answers for contract,
    plan, price and service (AD-12); from now on the unit visits him.

    Raises NotFound, WrongState, OwnerUnknown, GradeMissing, and as the gates before an entry.
    """
    membership = tx.memberships.find(customer.id, unit)
    if membership is None:
        raise NotFound("The customer does not stand in the customer base of that unit.")
    if membership.standing is not Standing.PROSPECT:
        raise WrongState("Only a prospect is entered.", state=membership.standing.value)
    if not tx.staff.is_active(owner_id):
        raise OwnerUnknown("The owner is no active person.", errors={"owner_id": ["Not known."]})
    gates.demand(tx, customer, unit=unit, purpose=Purpose.ENTRY)
    _demand_grade(tx, customer, unit)
    membership.take(Standing.ENTERED, now=tx.now)
    membership.owner_id = owner_id
    if unit == customer.org_unit:
        revise(tx, customer, {"owner_id": owner_id})
    asked = duty(tx, customer.kind, unit=unit)
    because = asked.because if asked else None
    tx.emit(Entered(customer_id=customer.id, org_unit=unit, owner_id=owner_id), because=because)
    tx.record("customer.entered", f"customer/{customer.id}", unit=unit, owner_id=owner_id)
    tx.session.flush()
    plan_visits(tx, customer, recount=True)
    return membership


def _demand_grade(tx: CustomerTransaction, customer: Customer, unit: str) -> None:
    """A customer who has to be admitted is graded before he is entered (AD-10)."""
    asked = duty(tx, customer.kind, unit=unit)
    if asked is None or not asked.value.requires_admission:
        return
    for ruling in tx.policies.rulings("entry_flow", unit=unit, on=tx.today(unit)):
        scheme = ruling.value.grade_scheme
        codes = held(tx, customer, unit=unit)
        if scheme and not any(code.startswith(f"{scheme}:") for code in codes):
            raise GradeMissing("The customer is not graded yet.", because=ruling.because)
