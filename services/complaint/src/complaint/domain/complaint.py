"""A complaint from its filing to the archive: what follows once its result was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from complaint.domain import events
from complaint.domain.chain import Meeting, Step, Team
from complaint.domain.events import Events
from complaint.domain.handled import HandledComplaint
from complaint.domain.review import (
    Decision,
    Review,
    check_archivist,
    check_decider,
    check_reviewer,
)
from complaint.domain.satisfaction import Answer
from complaint.domain.staff import Caller
from complaint.domain.states import Command, after
from shared.rules import Because, Ruling, given


@dataclass(eq=False, kw_only=True)
class Complaint(HandledComplaint):
    """A complaint. Every command returns the events that it caused."""

    def reported(self, leader: Ruling[UUID], *, now: datetime) -> events.ReportedToLeader:
        """Whoever took it in told the leader who supervises it (CP-53)."""
        return events.ReportedToLeader(
            **self._of(),
            leader_id=leader.value,
            reported_by=self.filed_by,
            reported_at=now,
            because=leader.because,
        )

    def accept_result(self, answer: Answer) -> Events:
        """The complainant is content enough: the complaint counts as completed (CP-22, CP-29)."""
        self._enter(after(self.state, Command.ACCEPT_RESULT))
        return [self._answered(answer)]

    def escalate(
        self,
        answer: Answer,
        *,
        because: Because,
        team: Team,
        form_id: UUID,
        now: datetime,
    ) -> Events:
        """The complainant is dissatisfied: up a level, with a new form (CP-30)."""
        self._enter(after(self.state, Command.ESCALATE))
        before, level = self.form, self.level
        answered = self._answered(answer)
        self._open_form(form_id, now=now)
        escalated = events.ComplaintEscalated(
            **self._of(),
            from_level=level,
            to_level=team.level,
            form_id=form_id,
            previous_form_id=before.id,
            because=because,
        )
        return [answered, escalated, self._assign(team, "escalated")]

    def submit_to_meeting(
        self, answer: Answer, *, secretary_ids: tuple[UUID, ...], because: Because
    ) -> Events:
        """The complainant is dissatisfied and no level is left: the meeting decides (CP-31)."""
        self._enter(after(self.state, Command.SUBMIT_TO_MEETING))
        requested = events.GmMeetingRequested(
            **self._of(), secretary_ids=secretary_ids, because=because
        )
        return [self._answered(answer), requested]

    def review(self, by: Caller, *, opinion: str, step: Ruling[Step], now: datetime) -> Events:
        """Somebody of the reviewing roles, who had no hand in it, approves (CP-18..CP-21).

        Raises ReviewerUnfit, ReviewerIsHandler, WrongState.
        """
        check_reviewer(by, step=step, hands=self.hands)
        state = after(self.state, Command.REVIEW)
        self._enter(state)
        self.form.review = Review(by=by.id, at=now, opinion=opinion)
        return [events.ComplaintReviewed(**self._of(), form_id=self.form.id, reviewer_id=by.id)]

    def record_decision(
        self, by: Caller, *, text: str, meeting: Ruling[Meeting], now: datetime
    ) -> Events:
        """Write down what the general manager's meeting decided (CP-31).

        Raises WrongState, DeciderUnfit.
        """
        check_decider(by, meeting=meeting)
        state = after(self.state, Command.RECORD_DECISION)
        self._enter(state)
        self.form.decision = Decision(by=by.id, at=now, text=text)
        decided = events.MeetingDecided(
            **self._of(), form_id=self.form.id, decided_by=by.id, because=meeting.because
        )
        return [decided]

    def archive(self, by: Caller, *, step: Ruling[Step], now: datetime) -> Events:
        """File the complaint away, after review or decision (CP-18, CP-31).

        Raises WrongState, ArchivistUnfit.
        """
        check_archivist(by, step=step)
        state = after(self.state, Command.ARCHIVE)
        answer = given(self.form.answer, "every way to the archive leads over an answer.")
        self._enter(state)
        self.form.archived_by, self.form.archived_at = by.id, now
        closed = events.ComplaintClosed(
            **self._of(), answer=answer.code, normalised=answer.normalised, closed_at=now
        )
        return [closed]

    def reopen_closed(
        self, by: UUID, *, team: Team, because: Because, form_id: UUID, now: datetime
    ) -> Events:
        """Whoever supervises takes a closed complaint up again, with a new form (CP-49).

        Raises WrongState.
        """
        self._enter(after(self.state, Command.REOPEN_CLOSED))
        before = self.form
        self._open_form(form_id, now=now)
        reopened = events.ComplaintReopened(
            **self._of(),
            form_id=form_id,
            previous_form_id=before.id,
            reopened_by=by,
            because=because,
        )
        return [reopened, self._assign(team, "reopened")]

    def _answered(self, answer: Answer) -> events.SatisfactionAnswered:
        self.form.answer = answer
        return events.SatisfactionAnswered(
            **self._of(),
            form_id=self.form.id,
            scale=answer.scale,
            answer=answer.code,
            normalised=answer.normalised,
            accepted=answer.accepted,
            because=answer.because,
        )
