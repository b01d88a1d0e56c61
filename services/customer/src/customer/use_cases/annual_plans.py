"""Plan the visits of a department in a year, with proposals to each customer (VS-12)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from customer.adapters.mapping import AnnualPlan, Customer, PlanRow
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.annual_plan_states import State
from customer.domain.annual_plans import PlanExists, PlanRule
from customer.domain.cadence import count_in_year
from customer.domain.events.annual_plans import VisitPlanMoved
from customer.domain.staff import Caller, Officer
from customer.use_cases.visit_plans import due_day
from customer.use_cases.visit_rules import visiting_units, wanted_visits
from shared.ids import new_id
from shared.rules import Invalid, Ruling

FILL = "visit_plan.fill"
AT_ONCE = 100  # customers in a transaction


def draft_plan(
    tx: CustomerTransaction, *, unit: str, year: int, sales_plan: str, caller: Caller
) -> AnnualPlan:
    """Plan the visits of ``unit`` in a year that is not over, from its annual sales plan. The
    customers of a large base come in later transactions.

    Raises PolicyMissing, PlanExists, and Invalid for a year that is over.
    """
    rule = _rule(tx, unit)
    if year < tx.today(unit).year:
        raise Invalid("The year is over.", errors={"year": ["Is over."]})
    if tx.annual_plans.is_begun(unit, year):
        raise PlanExists("That year is planned already.", because=rule.because)
    plan = AnnualPlan(
        id=new_id(),
        org_unit=unit,
        year=year,
        sales_plan=sales_plan,
        because=rule.because,
        drafted_by=person_of(caller),
        drafted_at=tx.now,
    )
    tx.annual_plans.add(plan)
    tx.record("visit_plan.drafted", f"visit_plan/{plan.id}")
    tx.session.flush()
    fill_plan(tx, plan)
    return plan


def fill_plan(tx: CustomerTransaction, plan: AnnualPlan) -> None:
    """Take in the next customers of the department, and come back while there are more."""
    if plan.state is not State.FILLING:
        return
    members = tx.memberships.entered(plan.org_unit, after=plan.filled_to, limit=AT_ONCE)
    rows = [row for one in members if (row := _row(tx, plan, tx.customers.known(one))) is not None]
    for row in rows:
        tx.annual_plans.add_row(row)
    more = len(members) == AT_ONCE
    plan.fill(len(rows), up_to=members[-1] if more else None)
    if more:
        tx.set_timer(FILL, f"visit_plan/{plan.id}", tx.now, plan_id=plan.id)


def propose(
    tx: CustomerTransaction,
    plan: AnnualPlan,
    *,
    customer_id: UUID,
    proposals: Mapping[str, str],
) -> PlanRow:
    """Say what is proposed to a customer. Raises NotFound, WrongState, ProposalUnknown."""
    rule, row = _rule(tx, plan.org_unit), tx.annual_plans.row(plan.id, customer_id)
    plan.propose(row, proposals, rule=rule.value, because=rule.because)
    tx.record("visit_plan.proposed", f"visit_plan/{plan.id}", customer_id=customer_id)
    return row


def submit_plan(tx: CustomerTransaction, plan: AnnualPlan, *, caller: Officer) -> AnnualPlan:
    """Lay a complete plan before those who approve it. Raises WrongState, NotTheirPlan,
    PlanIncomplete."""
    rule = _rule(tx, plan.org_unit)
    return _tell(tx, plan, plan.submit(rule.value, **_by(caller, rule)))


def approve_plan(tx: CustomerTransaction, plan: AnnualPlan, *, caller: Officer) -> AnnualPlan:
    """Let a plan hold. Raises WrongState, NotTheirPlan."""
    rule = _rule(tx, plan.org_unit)
    return _tell(tx, plan, plan.approve(rule.value, **_by(caller, rule)))


def return_plan(
    tx: CustomerTransaction, plan: AnnualPlan, *, reason: str, caller: Officer
) -> AnnualPlan:
    """Send a plan back with the reason. Raises WrongState, NotTheirPlan."""
    rule = _rule(tx, plan.org_unit)
    return _tell(tx, plan, plan.send_back(rule.value, reason=reason, **_by(caller, rule)))


def _rule(tx: CustomerTransaction, unit: str) -> Ruling[PlanRule]:
    found: Ruling[PlanRule] = tx.policies.ruling("annual_plans", unit=unit, on=tx.today(unit))
    return found


def _by(caller: Officer, rule: Ruling[PlanRule]) -> dict[str, Any]:
    return {"roles": caller.roles, "by": person_of(caller), "because": rule.because}


def _row(tx: CustomerTransaction, plan: AnnualPlan, customer: Customer) -> PlanRow | None:
    """The row of a customer; None for one whom no rule lets visit in that year."""
    unit = plan.org_unit
    if unit not in visiting_units(tx, customer):
        return None
    last, counts = tx.visits.last_days(customer.id), Counter[str]()
    for wanted in wanted_visits(tx, customer, [unit], is_new=False):
        last_visit = last.get((unit, wanted.rule.key))
        first = due_day(tx, wanted, None, last_visit=last_visit, is_new=False)
        months = None if wanted.occasion else wanted.rule.months
        counts[wanted.rule.activity] += count_in_year(first, months, plan.year)
    visits = {activity: count for activity, count in sorted(counts.items()) if count}
    if not visits:
        return None
    return PlanRow(plan_id=plan.id, customer_id=customer.id, visits=visits)


def _tell(tx: CustomerTransaction, plan: AnnualPlan, moved: VisitPlanMoved) -> AnnualPlan:
    tx.emit(moved, because=plan.because)
    tx.record(f"visit_plan.{moved.state}", f"visit_plan/{plan.id}")
    return plan
