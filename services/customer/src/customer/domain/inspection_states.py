"""Where a joint inspection stands and what can be done with it there: one table (AD-29)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a joint inspection stands."""

    PLANNED = "planned"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Command(StrEnum):
    """What can be done with a joint inspection."""

    HOLD = "hold"
    FIND = "find"
    CONCLUDE = "conclude"
    CANCEL = "cancel"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PLANNED: {Command.HOLD: State.HELD, Command.CANCEL: State.CANCELLED},
    State.HELD: {Command.FIND: State.HELD, Command.CONCLUDE: State.CONCLUDED},
    State.CONCLUDED: {},
    State.CANCELLED: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
