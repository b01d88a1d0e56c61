"""Plan together how a key customer is developed (VS-15)."""

from collections.abc import Sequence

from customer.adapters.mapping import Customer, DevelopmentPlan, PlanPart
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.coordination import CoordinationRule
from customer.domain.staff import Caller, Officer
from customer.use_cases.bases import base_of
from shared.ids import new_id
from shared.org_units import require
from shared.rules import NotFound, Ruling


def propose_plan(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    units: Sequence[str],
    needs: str,
    plan: str,
    caller: Officer,
) -> DevelopmentPlan:
    """Propose to the departments how they develop a customer together.

    Raises PolicyMissing, NotTheCoordinator, UnitUnknown.
    """
    unit = base_of(tx, customer, caller=caller)
    rule = _coordinated(tx, unit, caller)
    made = DevelopmentPlan(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        needs=needs,
        plan=plan,
        because=rule.because,
        coordinated_by=person_of(caller),
        proposed_at=tx.now,
    )
    for one in sorted(set(units)):
        require(tx.session, one)
        made.parts.append(PlanPart(plan_id=made.id, unit=one))
    tx.development_plans.add(made)
    tx.note(f"customer/{customer.id}", "development_plan_proposed", plan_id=made.id)
    return _tell(tx, made, "proposed")


def revise_plan(
    tx: CustomerTransaction, made: DevelopmentPlan, *, needs: str, plan: str, caller: Officer
) -> DevelopmentPlan:
    """Write a plan anew; every department has to agree again. Raises NotTheCoordinator."""
    _coordinated(tx, made.org_unit, caller)
    made.revise(needs=needs, plan=plan, by=person_of(caller))
    return _tell(tx, made, "revised")


def agree_to_plan(
    tx: CustomerTransaction, made: DevelopmentPlan, *, unit: str, caller: Caller
) -> DevelopmentPlan:
    """Agree for a department. Raises WrongState, AgreedAlready, and NotFound for a department that
    takes no part or that the caller does not see."""
    if not tx.sees(caller.unit, unit):
        raise NotFound("That department takes no part.")
    made.agree(unit, by=person_of(caller), now=tx.now)
    return _tell(tx, made, "agreed", unit=unit)


def _coordinated(tx: CustomerTransaction, unit: str, caller: Officer) -> Ruling[CoordinationRule]:
    rule: Ruling[CoordinationRule] = tx.policies.ruling(
        "coordination", unit=unit, on=tx.today(unit)
    )
    rule.value.check(caller.roles, rule.because)
    return rule


def _tell(tx: CustomerTransaction, made: DevelopmentPlan, act: str, **data: str) -> DevelopmentPlan:
    tx.emit(made.moved(), because=made.because)
    tx.record(f"development_plan.{act}", f"development_plan/{made.id}", **data)
    return made
