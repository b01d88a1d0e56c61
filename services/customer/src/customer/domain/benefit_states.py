"""Where a benefit of a partner stands and what can be done with it there: one table (CL-35)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a benefit stands."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Command(StrEnum):
    """What can be done with a benefit."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROPOSED: {
        Command.APPROVE: State.GRANTED,
        Command.REJECT: State.REJECTED,
        Command.WITHDRAW: State.WITHDRAWN,
    },
    State.GRANTED: {Command.WITHDRAW: State.WITHDRAWN, Command.EXPIRE: State.EXPIRED},
    State.REJECTED: {},
    State.WITHDRAWN: {},
    State.EXPIRED: {},
}

# A partner has one at most of these in a unit.
LIVE = (State.PROPOSED, State.GRANTED)


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
