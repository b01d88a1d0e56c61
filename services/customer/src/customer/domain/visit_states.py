"""Where a visit stands and what can be done with it there: one table (rules.md section 22)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (State.PLANNED, State.DUE, State.OVERDUE, State.ESCALATED)


class Command(StrEnum):
    """What can be done with a visit."""

    REMIND = "remind"
    REPORT_OVERDUE = "report_overdue"
    ESCALATE = "escalate"
    APPOINT = "appoint"
    COMPLETE = "complete"
    CANCEL = "cancel"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PLANNED: {
        Command.REMIND: State.DUE,
        Command.APPOINT: State.PLANNED,
        Command.REPORT_OVERDUE: State.OVERDUE,
        Command.COMPLETE: State.DONE,
        Command.CANCEL: State.CANCELLED,
    },
    State.DUE: {
        Command.APPOINT: State.PLANNED,
        Command.REPORT_OVERDUE: State.OVERDUE,
        Command.COMPLETE: State.DONE,
        Command.CANCEL: State.CANCELLED,
    },
    State.OVERDUE: {
        Command.ESCALATE: State.ESCALATED,
        Command.COMPLETE: State.DONE,
        Command.CANCEL: State.CANCELLED,
    },
    State.ESCALATED: {Command.COMPLETE: State.DONE, Command.CANCEL: State.CANCELLED},
    State.DONE: {},
    State.CANCELLED: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
