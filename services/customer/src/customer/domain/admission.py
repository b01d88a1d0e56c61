"""The admission of a customer to a unit, from the prospect to the decision (AD-08, AD-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from customer.domain.admission_conditions import (
    Assessment,
    Demand,
    Missing,
    Why,
    lasts_until,
    missing,
)
from customer.domain.admission_states import Command, State, after
from customer.domain.events import admission as events
from shared.rules import Because, Invalid, RuleBroken


class AdmissionOpen(RuleBroken):
    """The customer has an admission to the unit that is not at its end."""

    code = "admission_open"


class AdmissionNotNeeded(RuleBroken):
    """Customers of this kind are not admitted by conditions (AD-01, K-12)."""

    code = "admission_not_needed"


class StepOutOfOrder(RuleBroken):
    """Another step comes first (AD-10)."""

    code = "step_out_of_order"


@dataclass(frozen=True)
class EntryFlow:
    """The steps before the review, in their order, and the scheme of which a customer holds a grade
    before he is entered; None where no grade is asked for (AD-10)."""

    steps: tuple[str, ...]
    grade_scheme: str | None = None


@dataclass(frozen=True)
class StepTaken:
    """A step that was done, by whom and on which local day of the unit; ``finding`` is what came of
    it."""

    step: str
    finding: str
    taken_by: UUID
    taken_on: date


@dataclass(eq=False, kw_only=True)
class Admission:
    """``products`` are the product lines that the customer wants to trade. ``missing`` is what the
    last decision found lacking. ``valid_until`` is the last local day on which the documents that
    it rests on hold."""

    id: UUID
    customer_id: UUID
    unit: str
    products: tuple[str, ...]
    opened_at: datetime
    opened_by: UUID
    state: State = State.PROSPECT
    steps: tuple[StepTaken, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    missing: tuple[Missing, ...] = ()
    because: Because | None = None
    decided_at: datetime | None = None
    decided_by: UUID | None = None
    valid_until: date | None = None
    version: int = 1

    def take_step(self, taken: StepTaken, *, flow: EntryFlow) -> None:
        """Record the next step of the flow. Raises WrongState, StepOutOfOrder."""
        done = {one.step for one in self.steps}
        left = [step for step in flow.steps if step not in done]
        command = Command.TAKE_STEP if len(left) > 1 else Command.TAKE_LAST_STEP
        state = after(self.state, command)
        if not left or taken.step != left[0]:
            raise StepOutOfOrder("Another step comes first.", left=left)
        self.state, self.steps = state, (*self.steps, taken)

    def assess(self, found: Sequence[Assessment], *, demands: Iterable[Demand]) -> None:
        """Record what was found of conditions; the latest finding on each counts.

        Raises WrongState, and Invalid for a condition that is not asked for.
        """
        state = after(self.state, Command.ASSESS)
        asked = {demand.about for demand in demands}
        strange = [one.condition for one in found if one.about not in asked]
        if strange:
            raise Invalid("These conditions are not asked for.", errors={"assessments": strange})
        fresh = {one.about for one in found}
        kept = (one for one in self.assessments if one.about not in fresh)
        self.state, self.assessments = state, (*kept, *found)

    def decide(
        self, demands: Sequence[Demand], *, by: UUID, now: datetime, because: Because
    ) -> "events.Admitted | events.AdmissionRefused":
        """Admit when every condition is met; else say what is lacking (AD-08).

        A condition that was found not met rejects; what was not found or shown yet makes it
        incomplete. Raises WrongState.
        """
        lacking = missing(demands, self.assessments)
        state = after(self.state, _outcome(lacking))
        self.state, self.missing = state, lacking
        self.decided_at, self.decided_by, self.because = now, by, because
        if lacking:
            return self._refused()
        self.valid_until = lasts_until(demands)
        return events.Admitted(
            customer_id=self.customer_id,
            org_unit=self.unit,
            way="conditions",
            products=self.products,
            valid_until=self.valid_until,
            because=because,
        )

    def recheck(self, demands: Sequence[Demand]) -> events.AdmissionExpired | None:
        """Let the admission expire when what it rests on holds no longer; None while it holds, with
        ``valid_until`` as it is now. Raises WrongState."""
        lacking = missing(demands, self.assessments)
        if not lacking:
            self.valid_until = lasts_until(demands)
            return None
        self.state, self.missing = after(self.state, Command.EXPIRE), lacking
        return events.AdmissionExpired(
            customer_id=self.customer_id, org_unit=self.unit, missing=_told(lacking)
        )

    def end(self) -> None:
        """The unit parts with the customer. Raises WrongState."""
        self.state = after(self.state, Command.EXIT)

    def _refused(self) -> events.AdmissionRefused:
        return events.AdmissionRefused(
            customer_id=self.customer_id,
            org_unit=self.unit,
            outcome=self.state,
            missing=_told(self.missing),
        )


def _outcome(lacking: Sequence[Missing]) -> Command:
    if not lacking:
        return Command.ADMIT
    return Command.REJECT if any(one.why is Why.NOT_MET for one in lacking) else Command.RETURN


def _told(lacking: Sequence[Missing]) -> tuple[events.Lacking, ...]:
    return tuple(
        events.Lacking(
            condition=one.condition, product=one.product, why=one.why, because=one.because
        )
        for one in lacking
    )
