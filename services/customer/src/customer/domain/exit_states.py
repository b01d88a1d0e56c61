"""Where an exit case stands and what can be done with it there: one table (AD-23)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where an exit case stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Command(StrEnum):
    """What can be done with an exit case."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROPOSED: {
        Command.APPROVE: State.APPROVED,
        Command.REJECT: State.REJECTED,
        Command.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {},
    State.REJECTED: {},
    State.WITHDRAWN: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
