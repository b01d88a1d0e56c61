"""Where a summary of opinions stands and what can be done with it there: one table."""

from enum import StrEnum


class State(StrEnum):
    """Where a summary stands."""

    OPEN = "open"
    ANALYSED = "analysed"
    ACTION_REQUESTED = "action_requested"


class Command(StrEnum):
    """What can be done with a summary."""

    DELEGATE = "delegate"
    ANALYSE = "analyse"
    REQUEST_ACTION = "request_action"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.OPEN: {Command.DELEGATE: State.OPEN, Command.ANALYSE: State.ANALYSED},
    State.ANALYSED: {Command.REQUEST_ACTION: State.ACTION_REQUESTED},
    State.ACTION_REQUESTED: {},
}
