"""A work order: one job given to one person, from its draft to the archive."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.assignment import Assignment
from dispatch.domain.call_backs import CallBack
from dispatch.domain.completeness import check_completion, check_steps, filled_in
from dispatch.domain.deadlines import Awaited
from dispatch.domain.priorities import NOBODY, Preference
from dispatch.domain.progress import ProgressReport
from dispatch.domain.signatures import Signature, Signed
from dispatch.domain.signed_texts import acceptance_text, completion_text, confirmation_text
from dispatch.domain.unable import UnableReport
from dispatch.domain.work_order_rules import (
    AcceptanceRule,
    ClosingRule,
    ClosingStep,
    CompletionRule,
    IssueRule,
    NotTheReceiver,
    check_method,
)
from dispatch.domain.work_order_states import ENDS, Command, Source, State, target
from shared.rules import Because, Ruling, given


@dataclass(eq=False, kw_only=True)
class WorkOrder:
    """F-02. Times are UTC. Any kind of work may be ordered, so ``category`` is free (WO-06).

    ``asking_unit`` is the unit that asked for the work, where one did: the order itself goes into
    the unit of its dispatcher. ``decider_id`` decides, or decided last, where the receiver is
    unable. ``awaited`` is due at ``next_due_at``, ``warn_at`` is when one warns of it, and
    ``overdue_at`` when it was found that the reply is missing. ``receiver_gone``: he left, or lost
    the post that receives. ``queue_place`` follows from the ``preference`` of the customer.
    ``reply_due_because`` is the clause that gave the reply deadline, None where somebody named it.
    """

    id: UUID
    org_unit: str
    source: Source
    opened_at: datetime
    reply_due_at: datetime
    category: str | None = None
    place: str | None = None
    content: str | None = None
    requirements: str | None = None
    dispatcher_id: UUID | None = None
    receiver_id: UUID | None = None
    complaint_id: UUID | None = None
    request_id: UUID | None = None
    customer_id: UUID | None = None
    asking_unit: str | None = None
    state: State = State.DRAFT
    order_no: str | None = None
    book_no: str | None = None
    page_no: int | None = None
    issued_at: datetime | None = None
    accepted_at: datetime | None = None
    acceptance: Signature | None = None
    remarks: str | None = None
    client_signature: Signature | None = None
    completed_at: datetime | None = None
    call_back_made: CallBack | None = None
    dispatcher_signature: Signature | None = None
    signed_by: UUID | None = None
    archived_by: UUID | None = None
    archived_at: datetime | None = None
    progress_reports: tuple[ProgressReport, ...] = ()
    unable_report: UnableReport | None = None
    decider_id: UUID | None = None
    cancelled_by: UUID | None = None
    cancelled_at: datetime | None = None
    from_paper: bool = False
    receiver_gone: bool = False
    awaited: Awaited | None = None
    next_due_at: datetime | None = None
    warn_at: datetime | None = None
    overdue_at: datetime | None = None
    preference: Preference = NOBODY
    queue_place: int = 0
    assignment: Assignment | None = None
    reply_due_because: Because | None = None
    version: int = 1

    @property
    def units(self) -> frozenset[str]:
        """The units that deal with the customer by this order: where it lies, and who asked."""
        return frozenset({self.org_unit, self.asking_unit or self.org_unit})

    @property
    def ended(self) -> bool:
        """Whether nothing is awaited any more."""
        return self.state in ENDS

    @property
    def assigned_because(self) -> Assignment | None:
        """Why the receiver has the order; None where no assignment made him so (WO-26)."""
        made = self.assignment
        return made if made and made.receiver_id == self.receiver_id else None

    def given_out(self) -> tuple[str, UUID, UUID]:
        """Number, dispatcher and receiver of an order that was given out. Raises Impossible."""
        why = "what was given out has a number, a dispatcher and a receiver."
        number, dispatcher_id = given(self.order_no, why), given(self.dispatcher_id, why)
        return number, dispatcher_id, given(self.receiver_id, why)

    def wait_anew(self) -> None:
        """What is awaited now is due in a time of its own, even if the same was awaited before."""
        self.awaited = None

    def open_for(self, dispatcher_id: UUID, *, org_unit: str) -> events.WorkOrderOpened:
        """Lay the draft on a dispatcher's table, in the unit for which he or she dispatches."""
        self.dispatcher_id, self.org_unit = dispatcher_id, org_unit
        return events.WorkOrderOpened(
            work_order_id=self.id,
            org_unit=org_unit,
            dispatcher_id=dispatcher_id,
            complaint_id=self.complaint_id,
            request_id=self.request_id,
            customer_id=self.customer_id,
            reply_due_at=self.reply_due_at,
            source=self.source,
        )

    def hand_on(self, dispatcher_id: UUID, *, reason: str = "gone") -> events.WorkOrderHandedOn:
        """Give what was given out already to another dispatcher; it stays in its unit."""
        number, from_id, _ = self.given_out()
        self.dispatcher_id = dispatcher_id
        return events.WorkOrderHandedOn(
            work_order_id=self.id,
            org_unit=self.org_unit,
            order_no=number,
            from_id=from_id,
            dispatcher_id=dispatcher_id,
            reason=reason,
        )

    def revise(self, **fresh: Any) -> None:
        """Set the fields named; only a draft can still change."""
        target(self.state, Command.REVISE)
        for name, value in fresh.items():
            setattr(self, name, value)

    def issue(
        self,
        *,
        by: UUID | None,
        rule: Ruling[IssueRule],
        take_number: Callable[[], str],
        now: datetime,
        from_paper: bool = False,
    ) -> events.WorkOrderIssued:
        """Give the order to its receiver; whoever does so is its dispatcher from then on. On one
        that comes ``from_paper`` items may be blank (WO-09).

        Raises MandatoryBlank (WO-07), WrongState.
        """
        state = target(self.state, Command.ISSUE)
        self.dispatcher_id = by or self.dispatcher_id
        dispatcher_id, receiver_id = filled_in(self, rule, from_paper=from_paper)
        self.from_paper = from_paper
        self.order_no, self.issued_at, self.state = take_number(), now, state
        self.wait_anew()
        return self._issued(dispatcher_id, receiver_id)

    def reassign(self, receiver_id: UUID, *, by: UUID, now: datetime) -> events.WorkOrderIssued:
        """Give the order under its number to another receiver, who has to accept it anew.

        Whoever does so is its dispatcher from then on. Raises WrongState.
        """
        self.state = target(self.state, Command.REASSIGN)
        self.dispatcher_id, self.receiver_id, self.issued_at = by, receiver_id, now
        self.accepted_at = self.acceptance = None
        self.receiver_gone = False
        self.wait_anew()
        return self._issued(by, receiver_id)

    def accept(
        self, *, by: UUID, signed: Signed, rule: Ruling[AcceptanceRule], now: datetime
    ) -> events.WorkOrderAccepted:
        """The receiver signs for the order (WO-08). Raises NotTheReceiver, WrongState."""
        state = target(self.state, Command.ACCEPT)
        self.check_receiver(by)
        self.acceptance = Signature.under(acceptance_text(self), signed, now=now)
        self.accepted_at, self.state = rule.value.cut(now), state
        return events.WorkOrderAccepted(
            work_order_id=self.id,
            org_unit=self.org_unit,
            receiver_id=by,
            accepted_at=self.accepted_at,
            complaint_id=self.complaint_id,
        )

    def start(self, *, by: UUID) -> None:
        """The receiver is at work, or at work again. Raises NotTheReceiver, WrongState."""
        state = target(self.state, Command.START)
        self.check_receiver(by)
        self.state = state

    def complete(
        self,
        *,
        by: UUID,
        remarks: str | None,
        client: Signed | None,
        rule: Ruling[CompletionRule],
        now: datetime,
    ) -> events.WorkOrderCompleted:
        """The work is done and approved by the person served (WO-14).

        Raises NotTheReceiver, CompletionIncomplete, WrongState.
        """
        state = target(self.state, Command.COMPLETE)
        self.check_receiver(by)
        check_completion(remarks, client, rule)
        self.remarks, self.completed_at, self.state = remarks, now, state
        if client:
            self.client_signature = Signature.under(completion_text(self), client, now=now)
        return events.WorkOrderCompleted(
            work_order_id=self.id,
            org_unit=self.org_unit,
            receiver_id=by,
            completed_at=now,
            complaint_id=self.complaint_id,
        )

    def call_back(self, made: CallBack, *, rule: Ruling[ClosingRule]) -> events.WorkOrderCalledBack:
        """Keep what the client said (WO-15). Raises CallBackMethod, ClosingStepMissing."""
        state = self._closing(Command.CALL_BACK, rule)
        check_method(made.method, rule)
        self.call_back_made, self.state = made, state
        return events.WorkOrderCalledBack(
            work_order_id=self.id,
            org_unit=self.org_unit,
            called_back_by=made.by,
            called_back_at=made.at,
            satisfied=made.satisfied,
            complaint_id=self.complaint_id,
        )

    def sign(self, *, by: UUID, signed: Signed, rule: Ruling[ClosingRule], now: datetime) -> None:
        """The dispatcher signs the order off (WO-15). Raises ClosingStepMissing, WrongState."""
        state = self._closing(Command.SIGN, rule)
        self.dispatcher_signature = Signature.under(confirmation_text(self), signed, now=now)
        self.signed_by, self.state = by, state

    def archive(
        self, *, by: UUID, rule: Ruling[ClosingRule], now: datetime
    ) -> events.WorkOrderArchived:
        """Close the order for good (WO-15). Raises ClosingStepMissing, WrongState."""
        state = self._closing(Command.ARCHIVE, rule)
        self.archived_by, self.archived_at, self.state = by, now, state
        return events.WorkOrderArchived(
            work_order_id=self.id,
            org_unit=self.org_unit,
            archived_at=now,
            complaint_id=self.complaint_id,
        )

    def check_receiver(self, by: UUID) -> None:
        """Refuse anybody else. Raises NotTheReceiver."""
        if by != self.receiver_id:
            raise NotTheReceiver("only the receiver of the order may do this")

    def _issued(self, dispatcher_id: UUID, receiver_id: UUID) -> events.WorkOrderIssued:
        return events.WorkOrderIssued(
            work_order_id=self.id,
            org_unit=self.org_unit,
            order_no=self.given_out()[0],
            dispatcher_id=dispatcher_id,
            receiver_id=receiver_id,
            complaint_id=self.complaint_id,
            customer_id=self.customer_id,
            reply_due_at=self.reply_due_at,
        )

    def _closing(self, command: Command, rule: Ruling[ClosingRule]) -> State:
        state = target(self.state, command)
        check_steps(self, ClosingStep(command.value), rule)
        return state
