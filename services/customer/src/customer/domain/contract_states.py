"""Where a contract stands and what can be done with it there: one table (K-35)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a contract stands."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    REFUSED = "refused"
    SIGNED = "signed"


class Command(StrEnum):
    """What can be done with a contract."""

    APPROVE = "approve"
    REFUSE = "refuse"
    SIGN = "sign"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.DRAFT: {
        Command.APPROVE: State.REVIEWED,
        Command.REFUSE: State.REFUSED,
        Command.SIGN: State.SIGNED,
    },
    State.REVIEWED: {Command.SIGN: State.SIGNED},
    State.REFUSED: {},
    State.SIGNED: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
