"""Visit plans of a year as they are found, and their customers."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select

from customer.adapters.mapping import AnnualPlan, PlanRow
from customer.adapters.registers import Register
from customer.adapters.tables import annual_plan_rows, annual_plans
from shared.rules import NotFound


class AnnualPlans(Register[AnnualPlan]):
    """The visit plans of one database session."""

    kind, table, called = AnnualPlan, annual_plans, "visit plan"

    def is_begun(self, unit: str, year: int) -> bool:
        """Whether the unit has a plan of that year."""
        same = exists().where(annual_plans.c.org_unit == unit, annual_plans.c.year == year)
        return bool(self._session.scalar(select(same)))

    def add_row(self, row: PlanRow) -> None:
        """Keep a customer of a plan."""
        self._session.add(row)

    def row(self, plan_id: UUID, customer_id: UUID) -> PlanRow:
        """A customer of a plan. Raises NotFound."""
        found = self._session.get(PlanRow, (plan_id, customer_id))
        if found is None:
            raise NotFound("There is no such customer in the plan.")
        return found

    def rows(self, plan_id: UUID, *, complete: bool | None) -> Select[Any]:
        """The query of the customers of a plan, of all or of those who lack a proposal or not."""
        query = select(PlanRow).where(annual_plan_rows.c.plan_id == plan_id)
        return query if complete is None else query.where(annual_plan_rows.c.complete == complete)
