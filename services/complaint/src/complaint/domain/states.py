"""Where a complaint stands and what can be done with it there: one table (rules.md section 22)."""

from enum import StrEnum

from complaint.domain import transitions


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    IN_PROGRESS = "in_progress"
    RESULT_TOLD = "result_told"
    AWAITING_REVIEW = "awaiting_review"
    REVIEWED = "reviewed"
    GM_MEETING = "gm_meeting"
    DECIDED = "decided"
    ARCHIVED = "archived"


class Command(StrEnum):
    """What can be done with a complaint. The customer's answer is three commands: what it leads to
    depends on the closure rule and on whether there is a level above."""

    AMEND_FORM = "amend_form"
    RAISE_LEVEL = "raise_level"
    LOWER_LEVEL = "lower_level"
    MAKE_FIRST_CONTACT = "make_first_contact"
    REQUEST_FIELD_WORK = "request_field_work"
    TELL_PROGRESS = "tell_progress"
    RECEIVE_MESSAGE = "receive_message"
    TAKE_OVER = "take_over"
    HOLD = "hold"
    RESUME = "resume"
    OPEN_SUB_TASK = "open_sub_task"
    ADVANCE_SUB_TASK = "advance_sub_task"
    RECORD_STEP = "record_step"
    EXPLAIN_PROCESS = "explain_process"
    TELL_RESULT = "tell_result"
    ACCEPT_RESULT = "accept_result"
    ESCALATE = "escalate"
    SUBMIT_TO_MEETING = "submit_to_meeting"
    REVIEW = "review"
    RECORD_DECISION = "record_decision"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    REOPEN_CLOSED = "reopen_closed"
    MAKE_PLAN = "make_plan"
    START_EMERGENCY = "start_emergency"
    END_EMERGENCY = "end_emergency"
    REPLACE_TEAM = "replace_team"


# What no person asks for: dispatch tells of a bad call-back, or that somebody of the team left.
BY_EVENT = frozenset({Command.REOPEN, Command.REPLACE_TEAM})


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.RECEIVED: {
        Command.AMEND_FORM: State.RECEIVED,
        Command.RAISE_LEVEL: State.RECEIVED,
        Command.LOWER_LEVEL: State.RECEIVED,
        Command.START_EMERGENCY: State.RECEIVED,
        Command.END_EMERGENCY: State.RECEIVED,
        Command.MAKE_FIRST_CONTACT: State.CONTACTED,
        Command.REPLACE_TEAM: State.RECEIVED,
        Command.TAKE_OVER: State.RECEIVED,
        Command.RECEIVE_MESSAGE: State.RECEIVED,
    },
    State.CONTACTED: {
        Command.AMEND_FORM: State.CONTACTED,
        Command.RAISE_LEVEL: State.CONTACTED,
        Command.LOWER_LEVEL: State.CONTACTED,
        Command.MAKE_PLAN: State.IN_PROGRESS,
        Command.START_EMERGENCY: State.CONTACTED,
        Command.END_EMERGENCY: State.CONTACTED,
        Command.REQUEST_FIELD_WORK: State.IN_PROGRESS,
        Command.TELL_RESULT: State.RESULT_TOLD,
        Command.REPLACE_TEAM: State.CONTACTED,
        Command.TAKE_OVER: State.CONTACTED,
        Command.TELL_PROGRESS: State.CONTACTED,
        Command.RECEIVE_MESSAGE: State.CONTACTED,
        Command.RECORD_STEP: State.CONTACTED,
        Command.EXPLAIN_PROCESS: State.CONTACTED,
        Command.OPEN_SUB_TASK: State.CONTACTED,
        Command.ADVANCE_SUB_TASK: State.CONTACTED,
        Command.HOLD: State.CONTACTED,
        Command.RESUME: State.CONTACTED,
    },
    State.IN_PROGRESS: {
        Command.AMEND_FORM: State.IN_PROGRESS,
        Command.RAISE_LEVEL: State.IN_PROGRESS,
        Command.LOWER_LEVEL: State.IN_PROGRESS,
        Command.MAKE_PLAN: State.IN_PROGRESS,
        Command.START_EMERGENCY: State.IN_PROGRESS,
        Command.END_EMERGENCY: State.IN_PROGRESS,
        Command.REQUEST_FIELD_WORK: State.IN_PROGRESS,
        Command.TELL_RESULT: State.RESULT_TOLD,
        Command.REPLACE_TEAM: State.IN_PROGRESS,
        Command.TAKE_OVER: State.IN_PROGRESS,
        Command.TELL_PROGRESS: State.IN_PROGRESS,
        Command.RECEIVE_MESSAGE: State.IN_PROGRESS,
        Command.RECORD_STEP: State.IN_PROGRESS,
        Command.EXPLAIN_PROCESS: State.IN_PROGRESS,
        Command.OPEN_SUB_TASK: State.IN_PROGRESS,
        Command.ADVANCE_SUB_TASK: State.IN_PROGRESS,
        Command.HOLD: State.IN_PROGRESS,
        Command.RESUME: State.IN_PROGRESS,
    },
    State.RESULT_TOLD: {
        Command.AMEND_FORM: State.RESULT_TOLD,
        Command.RAISE_LEVEL: State.IN_PROGRESS,
        Command.ACCEPT_RESULT: State.AWAITING_REVIEW,
        Command.ESCALATE: State.IN_PROGRESS,
        Command.SUBMIT_TO_MEETING: State.GM_MEETING,
        Command.REOPEN: State.IN_PROGRESS,
        Command.REPLACE_TEAM: State.RESULT_TOLD,
        Command.RECORD_STEP: State.RESULT_TOLD,
        Command.RECEIVE_MESSAGE: State.RESULT_TOLD,
        Command.HOLD: State.RESULT_TOLD,
        Command.RESUME: State.RESULT_TOLD,
    },
    State.AWAITING_REVIEW: {
        Command.AMEND_FORM: State.AWAITING_REVIEW,
        Command.RAISE_LEVEL: State.IN_PROGRESS,
        Command.REVIEW: State.REVIEWED,
        Command.REOPEN: State.IN_PROGRESS,
        Command.REPLACE_TEAM: State.AWAITING_REVIEW,
        Command.RECORD_STEP: State.AWAITING_REVIEW,
        Command.RECEIVE_MESSAGE: State.AWAITING_REVIEW,
    },
    State.REVIEWED: {
        Command.ARCHIVE: State.ARCHIVED,
        Command.RECEIVE_MESSAGE: State.REVIEWED,
    },
    State.GM_MEETING: {
        Command.RECORD_DECISION: State.DECIDED,
        Command.RECEIVE_MESSAGE: State.GM_MEETING,
    },
    State.DECIDED: {
        Command.ARCHIVE: State.ARCHIVED,
        Command.RECEIVE_MESSAGE: State.DECIDED,
    },
    State.ARCHIVED: {Command.REOPEN_CLOSED: State.IN_PROGRESS},
}


# Where nothing is awaited any more.
ENDS = frozenset({State.ARCHIVED})
# Where the handler still has, or may again have, something to do.
IN_HANDS = tuple(state for state in State if Command.REPLACE_TEAM in TRANSITIONS[state])


def offered(state: State) -> list[Command]:
    """What a person can do with a complaint that is ``state``."""
    return transitions.offered(TRANSITIONS, state, by_event=BY_EVENT)


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command, by_event=BY_EVENT)
