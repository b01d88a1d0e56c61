"""Problem tickets: what a customer found wrong, up to the return visit (PT-01..PT-19)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain import events
from complaint.domain.events.cases import OfCase
from complaint.domain.events.field_work import OfFieldWork
from complaint.domain.field_work import (
    Assignment,
    FieldWork,
    Progress,
    cancelled,
    find,
    stands,
)
from complaint.domain.flow_cases import FlowCase
from complaint.domain.flows import Duty, Flow
from complaint.domain.levels import Suggestion
from complaint.domain.problem_flow import FLOW, TRANSITIONS, ProblemCommand, ProblemState
from complaint.domain.progress import ProgressContact
from complaint.domain.root_causes import RootCause
from complaint.domain.satisfaction import Method
from shared.rules import Because, Invalid, RuleBroken, Ruling


class ProblemType(StrEnum):
    """What kind of problem it is (PT-01..PT-03)."""

    QUALITY = "quality"
    SERVICE = "service"
    CUSTOM = "custom"


class ProblemSource(StrEnum):
    """Where a problem comes from (PT-18)."""

    PRODUCT_QUALITY = "product_quality"
    AFTER_SALES_SERVICE = "after_sales_service"
    LOGISTICS = "logistics"
    OTHER = "other"


class Remedy(StrEnum):
    """How a problem is settled; packs say which are meant for which type (PT-04)."""

    REPLACE = "replace"
    REPAIR = "repair"
    NEGOTIATED_SETTLEMENT = "negotiated_settlement"
    RETURN = "return"
    EXCHANGE = "exchange"
    OTHER = "other"


@dataclass(frozen=True)
class RemedyRule:
    """The remedies that a type of problem is settled by without more reason (PT-01..PT-04)."""

    remedies: frozenset[Remedy]


@dataclass(frozen=True)
class Plan:
    """How a problem shall be solved, how feasible that is, who sees to it and until when (PT-09).

    ``remedy_reason`` says why it is a remedy that the pack does not name for the type (PT-04).
    """

    remedy: Remedy
    solution: str
    feasibility: str
    owner_id: UUID
    due_at: datetime
    remedy_reason: str | None = None


@dataclass(eq=False, kw_only=True)
class HandlingStep:
    """One thing that was done about a problem (PT-10)."""

    id: UUID
    by: UUID
    at: datetime
    content: str


@dataclass(eq=False, kw_only=True)
class ReturnVisit:
    """What the customer said of the solution, and what was learnt from the problem (PT-11)."""

    id: UUID
    by: UUID
    at: datetime
    method: Method
    satisfied: bool
    evidence: str
    lesson: str | None = None


class FindingsMissing(RuleBroken):
    """A solution is planned from the result of the investigation (PT-08, PT-09)."""

    code = "findings_missing"


class RemedyReasonMissing(Invalid):
    """Another remedy than the type is settled by needs a reason (PT-04)."""

    code = "remedy_reason_missing"


class PlanDueInPast(Invalid):
    """Nothing can be solved until yesterday."""

    code = "plan_due_in_past"


@dataclass(eq=False, kw_only=True)
class Problem(FlowCase):
    """A problem ticket. ``level`` is its priority: the higher, the sooner (PT-14, PT-15).

    ``product`` and ``batch`` say which goods it is about; ``found_by_customer`` that the customer
    met it before it was intercepted; ``issue_id`` the issue of a customer for which it was opened.
    """

    kind: ClassVar[str] = "problem"
    flow: ClassVar[Flow] = FLOW

    type: ProblemType
    source: ProblemSource
    found_by_customer: bool
    suggestion: Suggestion
    issue_id: UUID | None = None
    product: str | None = None
    batch: str | None = None
    departments: tuple[str, ...] = ()
    findings: str | None = None
    root_cause: RootCause | None = None
    plan: Plan | None = None
    result: str | None = None
    steps: list[HandlingStep] = field(default_factory=list)
    return_visits: list[ReturnVisit] = field(default_factory=list)
    state: ProblemState = ProblemState.SUBMITTED

    @property
    def facts(self) -> dict[str, object]:
        return {**super().facts, "type": self.type}

    def register(self, by: UUID, *, now: datetime) -> list[OfCase]:
        """It was confirmed and is registered, so that it can be tracked and answered (PT-07)."""
        self._enter(self.after(ProblemCommand.REGISTER), now=now)
        registered = events.ProblemRegistered(
            **self.told_of(),
            customer_id=self.arrival.customer_id,
            problem_type=self.type,
            source=self.source,
            registered_by=by,
            registered_at=now,
        )
        return [registered]

    def verify(
        self, departments: Collection[str], investigator_ids: Collection[UUID], *, now: datetime
    ) -> list[OfCase]:
        """Those departments are involved, and those persons look into it (PT-08)."""
        told = self.advance(ProblemCommand.VERIFY, now=now)
        self.departments = tuple(departments)
        self._call_in(Duty.INVESTIGATOR, investigator_ids, now=now)
        return told

    def record_findings(
        self, findings: str, *, root_cause: RootCause | None = None, now: datetime
    ) -> list[OfCase]:
        """What the investigation found, and what the problem comes from (PT-08, PT-16)."""
        told = self.advance(ProblemCommand.RECORD_FINDINGS, now=now)
        self.findings, self.root_cause = findings, root_cause or self.root_cause
        return told

    def make_plan(self, plan: Plan, *, rule: Ruling[RemedyRule], now: datetime) -> list[OfCase]:
        """Decide how to solve it, from what was found (PT-04, PT-09).

        Raises WrongState, FindingsMissing, RemedyReasonMissing, PlanDueInPast.
        """
        state = self.after(ProblemCommand.PLAN)
        if self.findings is None:
            raise FindingsMissing("Say first what the investigation found.")
        if plan.due_at <= now:
            raise PlanDueInPast("The solution would be due in the past.")
        if plan.remedy not in rule.value.remedies and not plan.remedy_reason:
            raise RemedyReasonMissing(
                f"Say why a {self.type} problem is settled by {plan.remedy}.",
                because=rule.because,
                usual=sorted(rule.value.remedies),
            )
        self._enter(state, now=now)
        self._leave({Duty.INVESTIGATOR}, now=now)
        self.plan = plan
        return []

    def request_field_work(
        self, by: UUID, *, request_id: UUID, assignment: Assignment, now: datetime
    ) -> list[OfFieldWork]:
        """Ask dispatch for warranty or maintenance; the work has begun (PT-16).

        Raises WrongState, ReplyDueInPast.
        """
        state = self.after(ProblemCommand.REQUEST_FIELD_WORK)
        assignment.check(now)
        self._enter(state, now=now)
        self.worked_on(by, now=now)
        work = FieldWork(id=request_id, requested_by=by, requested_at=now, assignment=assignment)
        self.field_works.append(work)
        return list(work.asked(**self._of(), customer_id=self.arrival.customer_id))

    def finish_field_work(
        self, work_order_id: UUID, *, satisfied: bool, now: datetime
    ) -> list[OfFieldWork]:
        """The work order was called back; that is written down in every state. A bad call-back
        after the problem counted as solved leads back to the work (E-20)."""
        work = find(self.field_works, work_order_id=work_order_id)
        if work:
            work.progress, work.satisfied = Progress.CALLED_BACK, satisfied
        reopened = None if satisfied else TRANSITIONS[self.state].get(ProblemCommand.REOPEN)
        self._enter(reopened or self.state, now=now)
        done = events.FieldWorkDone(
            **self._of(),
            request_id=work.id if work else None,
            work_order_id=work_order_id,
            satisfied=satisfied,
        )
        return [done]

    def cancel_field_work(self, work_order_id: UUID, *, now: datetime) -> list[OfFieldWork]:
        """The work order ended without the work. Where no other work stands, a problem that counted
        as solved goes back to the work (PT-16)."""
        told = cancelled(self, work_order_id)
        undone = told.request_id is not None and not stands(self.field_works)
        reopened = TRANSITIONS[self.state].get(ProblemCommand.REOPEN) if undone else None
        self._enter(reopened or self.state, now=now)
        return [told]

    def log_step(self, step: HandlingStep) -> list[OfCase]:
        """Something was done about it (PT-10)."""
        self._enter(self.after(ProblemCommand.LOG_STEP), now=step.at)
        self.worked_on(step.by, now=step.at)
        self.steps.append(step)
        return []

    def track(self, result: str, *, now: datetime) -> list[OfCase]:
        """It is solved, with that result; the return visit comes next (PT-10, PT-11)."""
        self._enter(self.after(ProblemCommand.TRACK), now=now)
        self.result = result
        solved = events.ProblemSolved(
            **self.told_of(), customer_id=self.arrival.customer_id, solved_at=now
        )
        return [solved]

    def call_back(self, visit: ReturnVisit) -> list[OfCase]:
        """The customer was asked; a dissatisfied one leads back to the work (PT-11)."""
        command = ProblemCommand.CONFIRM if visit.satisfied else ProblemCommand.REOPEN
        self._enter(self.after(command), now=visit.at)
        self.return_visits.append(visit)
        return []

    def close(self, *, now: datetime) -> list[OfCase]:
        """The customer is content and nothing is left to do."""
        self._enter(self.after(ProblemCommand.CLOSE), now=now)
        closed = events.ProblemClosed(
            **self.told_of(),
            customer_id=self.arrival.customer_id,
            issue_id=self.issue_id,
            closed_at=now,
        )
        return [closed]

    def tell_progress(self, contact: ProgressContact) -> list[OfCase]:
        """The customer was told how far his problem is (PT-26)."""
        self.after(ProblemCommand.TELL_PROGRESS)
        return self.tell_customer(contact)

    def call_in(
        self, duty: Duty, person_id: UUID, *, because: Because, now: datetime
    ) -> list[OfCase]:
        """Somebody else works on it as well (PT-22)."""
        self._enter(self.after(ProblemCommand.CALL_IN), now=now)
        self._call_in(duty, [person_id], now=now)
        return [self._assigned(because)]

    def _of(self) -> dict[str, Any]:
        return {"kind": self.kind, "complaint_id": self.id, "org_unit": self.unit}
