"""How several departments develop a key customer together (VS-15)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from customer.domain.development_plan_states import TRANSITIONS, Command, State
from customer.domain.events.development_plans import DevelopmentPlanMoved
from customer.domain.transitions import after
from shared.rules import Because, NotFound, RuleBroken


class AgreedAlready(RuleBroken):
    """The department has agreed to the plan as it is."""

    code = "agreed_already"


@dataclass(eq=False, kw_only=True)
class PlanPart:
    """A department that takes part in a plan, and who agreed for it."""

    plan_id: UUID
    unit: str
    agreed_by: UUID | None = None
    agreed_at: datetime | None = None
    version: int = 1


@dataclass(eq=False, kw_only=True)
class DevelopmentPlan:
    """``needs`` is what was learnt of the customer, ``plan`` what the departments of ``parts`` do
    about it; ``coordinated_by`` wrote it down, for the unit ``org_unit``."""

    id: UUID
    customer_id: UUID
    org_unit: str
    needs: str
    plan: str
    because: Because
    coordinated_by: UUID
    proposed_at: datetime
    state: State = State.PROPOSED
    parts: list[PlanPart] = field(default_factory=list)
    version: int = 1

    def agree(self, unit: str, *, by: UUID, now: datetime) -> None:
        """Agree for one department. Raises WrongState, NotFound for a department that takes no
        part, AgreedAlready."""
        after(TRANSITIONS, self.state, Command.AGREE)
        part = next((one for one in self.parts if one.unit == unit), None)
        if part is None:
            raise NotFound("That department takes no part.")
        if part.agreed_at is not None:
            raise AgreedAlready("The department has agreed before.")
        part.agreed_by, part.agreed_at = by, now
        whole = all(one.agreed_at is not None for one in self.parts)
        command = Command.CONCLUDE if whole else Command.AGREE
        self.state = after(TRANSITIONS, self.state, command)

    def revise(self, *, needs: str, plan: str, by: UUID) -> None:
        """Write it anew: every department has to agree again. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.REVISE)
        self.needs, self.plan, self.coordinated_by = needs, plan, by
        for part in self.parts:
            part.agreed_by = part.agreed_at = None

    def moved(self) -> DevelopmentPlanMoved:
        """What is told of the plan as it stands: no word of it."""
        return DevelopmentPlanMoved(
            plan_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            units=tuple(part.unit for part in self.parts),
            state=self.state,
        )
