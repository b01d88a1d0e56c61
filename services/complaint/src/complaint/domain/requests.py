"""Service requests: they go to suitable staff by themselves and follow a preset flow (PT-27)."""

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


class RequestState(StrEnum):
    """How far a service request is."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    CONVERTED = "converted"


class RequestCommand(StrEnum):
    """What can be done with a service request."""

    START = "start"
    FINISH = "finish"
    TELL_RESULT = "tell_result"
    CONVERT = "convert"
    RELIEVE = "relieve"


_State, _Command = RequestState, RequestCommand

TRANSITIONS: dict[RequestState, dict[RequestCommand, RequestState]] = {
    _State.RECEIVED: {
        _Command.START: _State.IN_PROGRESS,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.RECEIVED, _Command.RELIEVE),
    },
    _State.IN_PROGRESS: {
        _Command.FINISH: _State.DONE,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.IN_PROGRESS, _Command.RELIEVE),
    },
    _State.DONE: {
        _Command.TELL_RESULT: _State.CLOSED,
        **staying(_State.DONE, _Command.RELIEVE),
    },
    _State.CLOSED: {},
    _State.CONVERTED: {},
}
FLOW = Flow(
    transitions=TRANSITIONS,
    stages={
        _State.RECEIVED: Stage.IMPLEMENTATION,
        _State.IN_PROGRESS: Stage.IMPLEMENTATION,
        _State.DONE: Stage.FEEDBACK,
    },
    awaited={
        ClockName.HAND_OVER: frozenset({_State.RECEIVED}),
        ClockName.SOLUTION: frozenset({_State.IN_PROGRESS}),
        ClockName.REPLY: frozenset({_State.DONE}),
    },
    by_event=frozenset({_Command.RELIEVE}),
)


@dataclass(eq=False, kw_only=True)
class ServiceRequest(FlowCase):
    """A service that a customer asks for. ``result`` is what was done."""

    kind: ClassVar[str] = "request"
    flow: ClassVar[Flow] = FLOW

    result: str | None = None
    state: RequestState = RequestState.RECEIVED

    def start(self, *, now: datetime) -> list[OfCase]:
        """Somebody works on it (PT-27)."""
        return self.advance(RequestCommand.START, now=now)

    def finish(self, result: str, *, now: datetime) -> list[OfCase]:
        """What was asked for is done."""
        told = self.advance(RequestCommand.FINISH, now=now)
        self.result = result
        return told

    def tell_result(self, contact: ProgressContact) -> list[OfCase]:
        """The customer was told what was done, and the request is closed (PT-26)."""
        self._enter(self.after(RequestCommand.TELL_RESULT), now=contact.at)
        told = self.tell_customer(contact)
        closed = events.RequestClosed(
            **self.told_of(), customer_id=self.arrival.customer_id, closed_at=contact.at
        )
        return [*told, closed]
