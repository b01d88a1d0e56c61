"""A complaint until its result was told. Every command returns the events that it caused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain import events
from complaint.domain.awaited import AWAITED, FROM_RECEIPT
from complaint.domain.cases import Case
from complaint.domain.chain import Team
from complaint.domain.clocks import ClockName
from complaint.domain.departments import check_done
from complaint.domain.emergencies import Emergency, check_calm
from complaint.domain.events import Events
from complaint.domain.field_work import Assignment, FieldWork, Progress, find
from complaint.domain.form import ComplaintForm, Told
from complaint.domain.intake import Intake
from complaint.domain.levels import LevelNotHigher, LevelNotLower, Suggestion
from complaint.domain.oversight import LoweredByHandler
from complaint.domain.progress import Message, ProgressContact
from complaint.domain.states import ENDS, TRANSITIONS, Command, State, after, offered


@dataclass(eq=False, kw_only=True)
class HandledComplaint(Case):
    """A complaint with its chain of forms; the last one is in use."""

    kind: ClassVar[str] = "complaint"
    clock_section: ClassVar[str] = "clocks"

    intake: Intake
    suggestion: Suggestion
    forms: list[ComplaintForm]
    contacts: list[ProgressContact] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    emergencies: list[Emergency] = field(default_factory=list)
    state: State = State.RECEIVED

    @property
    def unit(self) -> str:
        return self.intake.org_unit

    @property
    def counted_from(self) -> datetime:
        return self.intake.received_at

    @property
    def from_receipt(self) -> frozenset[ClockName]:
        return FROM_RECEIPT

    @property
    def customer(self) -> UUID | None:
        return self.intake.customer_id

    @property
    def closed(self) -> bool:
        return self.state in ENDS

    @property
    def facts(self) -> dict[str, object]:
        return {"level": self.level, "complainant": self.intake.complainant}

    @property
    def stage(self) -> str:
        return f"{self.state}/{self.level}"

    def check(self, command: str) -> None:
        after(self.state, Command(command))

    @property
    def agreed(self) -> Mapping[ClockName, datetime]:
        plan = self.form.plan
        return {ClockName.SOLUTION: plan.due_at} if plan else {}

    def awaits(self, name: ClockName) -> bool:
        if name is ClockName.HAND_OVER and self.taken_over_at:
            return False
        if name is (ClockName.PLAN if self.form.plan else ClockName.SOLUTION):
            return False
        return self.state in AWAITED.get(name, ())

    @property
    def form(self) -> ComplaintForm:
        """The form in use."""
        return self.forms[-1]

    @property
    def allowed(self) -> list[Command]:
        """What a person can do with it now."""
        return offered(self.state)

    @property
    def hands(self) -> frozenset[UUID]:
        """Who had a hand in the handling at the present level, and so cannot review it (CP-21)."""
        forms = (form.hands for form in self.forms if form.level == self.level)
        return frozenset(work.requested_by for work in self.field_works).union(*forms)

    @property
    def involved(self) -> frozenset[UUID]:
        """Everybody who has, or had at any level, something to do with the handling."""
        forms = (form.involved for form in self.forms)
        return self.assigned_ids.union({self.handler_id}, self.hands, *forms)

    def amend_form(self, changes: dict[str, Any]) -> None:
        """Correct or add details of the form in use (CP-23); ``changes`` by name of the detail."""
        self._enter(after(self.state, Command.AMEND_FORM))
        self.form.details = replace(self.form.details, **changes)

    def raise_level(self, *, team: Team, reason: str, form_id: UUID, now: datetime) -> Events:
        """Take the complaint up to the level of ``team``, for a reason (CP-63).

        The form is handed over (CP-19); where its result was told already a new one is opened.
        Raises WrongState, LevelNotHigher.
        """
        state = after(self.state, Command.RAISE_LEVEL)
        if team.level <= self.level:
            raise LevelNotHigher(f"It is of level {self.level} already.", level=self.level)
        if self.form.told:
            self._open_form(form_id, now=now)
        self.form.raise_reason = reason
        self._enter(state)
        return [self._assign(team, "raised")]

    def lower_level(self, by: UUID, *, team: Team) -> Events:
        """Give the complaint to ``team`` of a lower level, by one who had no hand in it (CP-63).

        Raises WrongState, LoweredByHandler, LevelNotLower, EmergencyRunning.
        """
        state = after(self.state, Command.LOWER_LEVEL)
        if by in self.hands:
            raise LoweredByHandler("You had a hand in this complaint.")
        if not self._discontented < team.level < self.level:
            raise LevelNotLower(
                f"It is of level {self.level}, and cannot come down to {team.level}.",
                level=self.level,
            )
        check_calm(self.emergencies)
        self._enter(state)
        return [self._assign(team, "lowered")]

    def make_first_contact(self, by: UUID, *, learnt: dict[str, Any], now: datetime) -> Events:
        """The complainant or his agent was contacted; what was learnt goes on the form (CP-17).

        A contact that comes too late is taken as well, and marked.
        """
        self._enter(after(self.state, Command.MAKE_FIRST_CONTACT))
        waiting = self.clock(ClockName.FIRST_CONTACT)
        self.worked_on(by, now=now)
        self.form.contacted_by = by
        self.form.details = replace(self.form.details, **learnt)
        made = events.FirstContactMade(
            **self._of(),
            handler_id=self.handler_id,
            contacted_at=now,
            on_time=waiting is None or now <= waiting.deadline.due_at,
        )
        return [made]

    def tell_progress(self, contact: ProgressContact) -> Events:
        """The complainant was told how far his complaint is (CP-26, CP-27)."""
        self._enter(after(self.state, Command.TELL_PROGRESS))
        self.worked_on(contact.by, now=contact.at)
        waiting = self.clock(ClockName.PROGRESS_CONTACT)
        contact.on_time = contact.at <= waiting.deadline.due_at if waiting else None
        self.contacts.append(contact)
        told = events.ProgressTold(
            **self._of(), told_by=contact.by, told_at=contact.at, on_time=contact.on_time
        )
        return [told]

    def receive_message(self, message: Message) -> Events:
        """The complainant said something; it may come to be known later than he said it."""
        self._enter(after(self.state, Command.RECEIVE_MESSAGE))
        self.messages.append(message)
        received = events.MessageReceived(
            **self._of(),
            message_id=message.id,
            handler_id=self.handler_id,
            channel=message.channel,
            received_at=message.received_at,
        )
        return [received]

    def request_field_work(
        self, by: UUID, *, request_id: UUID, assignment: Assignment, now: datetime
    ) -> Events:
        """Ask dispatch for somebody to go there. The complaint stays with its handler (CP-25).

        Raises WrongState, ReplyDueInPast.
        """
        state = after(self.state, Command.REQUEST_FIELD_WORK)
        assignment.check(now)
        self._enter(state)
        self.worked_on(by, now=now)
        work = FieldWork(id=request_id, requested_by=by, requested_at=now, assignment=assignment)
        self.field_works.append(work)
        return list(work.asked(**self._of(), kind=self.kind, customer_id=self.intake.customer_id))

    def finish_field_work(
        self, work_order_id: UUID, *, satisfied: bool, form_id: UUID, now: datetime
    ) -> Events:
        """The work order was called back; that is written down at any time (CP-22).

        A bad call-back after the result was told leads back to the work, with a new form: what was
        told and answered on the old one stays as it was.
        """
        work = find(self.field_works, work_order_id=work_order_id)
        if work:
            work.progress, work.satisfied = Progress.CALLED_BACK, satisfied
        reopened = None if satisfied else TRANSITIONS[self.state].get(Command.REOPEN)
        if reopened:
            self._open_form(form_id, now=now)
        self._enter(reopened or self.state)
        done = events.FieldWorkDone(
            **self._of(),
            kind=self.kind,
            request_id=work.id if work else None,
            work_order_id=work_order_id,
            satisfied=satisfied,
        )
        return [done]

    def tell_result(self, told: Told) -> Events:
        """The complainant was told the result; his answer comes next (CP-28).

        Raises WrongState, SubTasksOpen, EmergencyRunning.
        """
        state = after(self.state, Command.TELL_RESULT)
        check_done(self)
        check_calm(self.emergencies)
        self._enter(state)
        self.worked_on(told.by, now=told.at)
        self.form.told = told
        return [events.ResultTold(**self._of(), form_id=self.form.id, told_at=told.at)]

    def replace_team(self, team: Team) -> Events:
        """Give the complaint to ``team``, since somebody who was called upon left; nothing happens
        when it is the same. Raises WrongState."""
        state = after(self.state, Command.REPLACE_TEAM)
        if (team.handler_id, set(team.person_ids)) == (self.handler_id, set(self.assigned_ids)):
            return []
        self._enter(state)
        return [self._assign(team, "handler_left")]

    @property
    def _discontented(self) -> int:
        """The highest level whose handling did not content the complainant, else 0."""
        refused = (form for form in self.forms if form.answer and not form.answer.accepted)
        return max((form.level for form in refused), default=0)

    def _of(self) -> dict[str, Any]:
        return {"complaint_id": self.id, "org_unit": self.intake.org_unit}

    def _enter(self, state: State) -> None:
        self.state = state
        self.touch()

    def _open_form(self, form_id: UUID, *, now: datetime) -> None:
        self.forms.append(self.form.succeeded(id=form_id, number=self.number, now=now))

    def _assign(self, team: Team, reason: str) -> events.ComplaintAssigned:
        self.level, self.handler_id = team.level, team.handler_id
        self.assigned_ids, self.taken_over_at = frozenset(team.person_ids), None
        self.form.hand_over(team)
        return events.ComplaintAssigned(
            **self._of(),
            form_id=self.form.id,
            level=team.level,
            tier=team.tier,
            person_ids=team.person_ids,
            reason=reason,
            because=team.because,
        )
