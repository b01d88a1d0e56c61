"""Where a development plan stands and what can be done with it there: one table."""

from enum import StrEnum


class State(StrEnum):
    """Where a plan stands; it is agreed once every department has agreed."""

    PROPOSED = "proposed"
    AGREED = "agreed"


class Command(StrEnum):
    """What can be done with a plan; the last department that agrees concludes it."""

    AGREE = "agree"
    CONCLUDE = "conclude"
    REVISE = "revise"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROPOSED: {
        Command.AGREE: State.PROPOSED,
        Command.CONCLUDE: State.AGREED,
        Command.REVISE: State.PROPOSED,
    },
    State.AGREED: {Command.REVISE: State.PROPOSED},
}
