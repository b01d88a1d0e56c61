"""The flow of a problem ticket: seven steps, none skipped (PT-05)."""

from enum import StrEnum

from complaint.domain.clocks import ClockName
from complaint.domain.flows import Flow, Stage
from complaint.domain.transitions import staying


class ProblemState(StrEnum):
    """How far a problem is."""

    SUBMITTED = "submitted"
    REGISTERED = "registered"
    VERIFYING = "verifying"
    PLANNED = "planned"
    SOLVING = "solving"
    TRACKED = "tracked"
    CALLED_BACK = "called_back"
    CLOSED = "closed"
    CONVERTED = "converted"


class ProblemCommand(StrEnum):
    """What can be done with a problem. The return visit is two commands: a dissatisfied customer
    leads back to the work."""

    REGISTER = "register"
    VERIFY = "verify"
    RECORD_FINDINGS = "record_findings"
    PLAN = "plan"
    LOG_STEP = "log_step"
    TRACK = "track"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CLOSE = "close"
    CONVERT = "convert"
    TELL_PROGRESS = "tell_progress"
    CALL_IN = "call_in"
    REQUEST_FIELD_WORK = "request_field_work"
    RELIEVE = "relieve"


_State, _Command = ProblemState, ProblemCommand


# What can be done at any time before the end.
_ALWAYS = (_Command.TELL_PROGRESS, _Command.CALL_IN, _Command.RELIEVE)

TRANSITIONS: dict[ProblemState, dict[ProblemCommand, ProblemState]] = {
    _State.SUBMITTED: {
        _Command.REGISTER: _State.REGISTERED,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.SUBMITTED, *_ALWAYS),
    },
    _State.REGISTERED: {
        _Command.VERIFY: _State.VERIFYING,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.REGISTERED, *_ALWAYS),
    },
    _State.VERIFYING: {
        _Command.RECORD_FINDINGS: _State.VERIFYING,
        _Command.PLAN: _State.PLANNED,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.VERIFYING, *_ALWAYS),
    },
    _State.PLANNED: {
        _Command.LOG_STEP: _State.SOLVING,
        _Command.REQUEST_FIELD_WORK: _State.SOLVING,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.PLANNED, *_ALWAYS),
    },
    _State.SOLVING: {
        _Command.LOG_STEP: _State.SOLVING,
        _Command.REQUEST_FIELD_WORK: _State.SOLVING,
        _Command.TRACK: _State.TRACKED,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.SOLVING, *_ALWAYS),
    },
    _State.TRACKED: {
        _Command.CONFIRM: _State.CALLED_BACK,
        _Command.REOPEN: _State.SOLVING,
        _Command.CONVERT: _State.CONVERTED,
        **staying(_State.TRACKED, *_ALWAYS),
    },
    _State.CALLED_BACK: {
        _Command.CLOSE: _State.CLOSED,
        **staying(_State.CALLED_BACK, *_ALWAYS),
    },
    _State.CLOSED: {},
    _State.CONVERTED: {},
}

_UNPLANNED = (_State.REGISTERED, _State.VERIFYING)
_UNSOLVED = (_State.PLANNED, _State.SOLVING)

FLOW = Flow(
    transitions=TRANSITIONS,
    stages={
        _State.SUBMITTED: Stage.RECEPTION,
        _State.REGISTERED: Stage.ASSESSMENT,
        _State.VERIFYING: Stage.DESIGN,
        _State.PLANNED: Stage.IMPLEMENTATION,
        _State.SOLVING: Stage.IMPLEMENTATION,
        _State.TRACKED: Stage.FEEDBACK,
        _State.CALLED_BACK: Stage.FEEDBACK,
    },
    awaited={
        ClockName.REGISTRATION: frozenset({_State.SUBMITTED}),
        ClockName.REPLY: frozenset({_State.SUBMITTED, *_UNPLANNED, *_UNSOLVED, _State.TRACKED}),
        ClockName.PLAN: frozenset(_UNPLANNED),
        ClockName.SOLUTION: frozenset(_UNSOLVED),
        ClockName.PROGRESS_CONTACT: frozenset({*_UNPLANNED, *_UNSOLVED}),
        ClockName.CALL_BACK: frozenset({_State.TRACKED}),
        ClockName.CLOSING: frozenset({_State.CALLED_BACK}),
    },
    until_told=frozenset({ClockName.REPLY}),
    from_receipt=frozenset({ClockName.REPLY}),
    by_event=frozenset({_Command.RELIEVE}),
)
