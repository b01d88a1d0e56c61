"""Development plans as they are found: by those who coordinate them, and by those who take part."""

from typing import Any

from sqlalchemy import Select, or_, select

from customer.adapters.mapping import DevelopmentPlan
from customer.adapters.registers import Register
from customer.adapters.tables import development_plan_parts, development_plans
from shared.scope import within


class DevelopmentPlans(Register[DevelopmentPlan]):
    """The development plans of one database session."""

    kind, table, called = DevelopmentPlan, development_plans, "development plan"

    def seen_from(self, unit: str) -> Select[Any]:
        """What is coordinated in ``unit`` and below, and what departments there take part in."""
        parts = development_plan_parts.c
        joined = select(parts.plan_id).where(within(parts.unit, unit))
        own = within(development_plans.c.org_unit, unit)
        return select(DevelopmentPlan).where(or_(own, development_plans.c.id.in_(joined)))
