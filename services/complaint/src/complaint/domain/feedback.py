"""Feedback: recorded, analysed and answered; none stays unanswered (PT-21, PT-29, PT-31, PT-32)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from complaint.domain import events
from complaint.domain.clocks import ClockName
from complaint.domain.events.cases import OfCase
from complaint.domain.flow_cases import FlowCase
from complaint.domain.flows import Flow, Stage
from complaint.domain.progress import ProgressContact
from complaint.domain.transitions import staying


class FeedbackTopic(StrEnum):
    """What feedback is about (PT-31)."""

    PRODUCT_QUALITY = "product_quality"
    SERVICE_ATTITUDE = "service_attitude"
    AFTER_SALES_SUPPORT = "after_sales_support"
    OTHER = "other"


class FeedbackState(StrEnum):
    """How far feedback is."""

    RECORDED = "recorded"
    ANALYSED = "analysed"
    ANSWERED = "answered"
    CONVERTED = "converted"


class FeedbackCommand(StrEnum):
    """What can be done with feedback."""

    ANALYSE = "analyse"
    ANSWER = "answer"
    CONVERT = "convert"
    RELIEVE = "relieve"


_State, _Command = FeedbackState, FeedbackCommand

TRANSITIONS: dict[FeedbackState, dict[FeedbackCommand, FeedbackState]] = {
    _State.RECORDED: {
        _Command.ANALYSE: _State.ANALYSED,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.RECORDED, _Command.RELIEVE),
    },
    _State.ANALYSED: {
        _Command.ANSWER: _State.ANSWERED,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.ANALYSED, _Command.RELIEVE),
    },
    _State.ANSWERED: {},
    _State.CONVERTED: {},
}
FLOW = Flow(
    transitions=TRANSITIONS,
    stages={
        _State.RECORDED: Stage.ASSESSMENT,
        _State.ANALYSED: Stage.FEEDBACK,
    },
    awaited={
        ClockName.REPLY: frozenset({_State.RECORDED, _State.ANALYSED}),
    },
    from_receipt=frozenset({ClockName.REPLY}),
    by_event=frozenset({_Command.RELIEVE}),
)


@dataclass(eq=False, kw_only=True)
class Feedback(FlowCase):
    """What a customer thinks of us. ``analysis`` is what it shows, ``answer`` what he was told."""

    kind: ClassVar[str] = "feedback"
    flow: ClassVar[Flow] = FLOW

    topic: FeedbackTopic
    analysis: str | None = None
    answer: str | None = None
    state: FeedbackState = FeedbackState.RECORDED

    def analyse(self, analysis: str, *, now: datetime) -> list[OfCase]:
        """Say what it shows (PT-21, PT-29)."""
        told = self.advance(FeedbackCommand.ANALYSE, now=now)
        self.analysis = analysis
        return told

    def give_answer(self, contact: ProgressContact) -> list[OfCase]:
        """The customer was told what becomes of it (PT-21, PT-29)."""
        self._enter(self.after(FeedbackCommand.ANSWER), now=contact.at)
        self.answer = contact.content
        told = self.tell_customer(contact)
        answered = events.FeedbackAnswered(
            **self.told_of(),
            customer_id=self.arrival.customer_id,
            topic=self.topic,
            answered_at=contact.at,
        )
        return [*told, answered]
