"""Where a stage review stands and what can be done with it there: one table."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a stage review stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    REPORTED = "reported"
    FILED = "filed"


class Command(StrEnum):
    """What can be done with a stage review."""

    MISS = "miss"
    REPORT = "report"
    FILE = "file"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.OPEN: {Command.MISS: State.OVERDUE, Command.REPORT: State.REPORTED},
    State.OVERDUE: {Command.REPORT: State.REPORTED},
    State.REPORTED: {Command.FILE: State.FILED},
    State.FILED: {},
}
# In these a report is waited for.
PENDING = (State.OPEN, State.OVERDUE)


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
