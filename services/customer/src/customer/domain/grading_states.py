"""Where a grading stands and what can be done with it there: one table (rules.md section 22)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a grading stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Command(StrEnum):
    """What can be done with a grading."""

    APPROVE = "approve"
    ACTIVATE = "activate"
    REJECT = "reject"
    SUPERSEDE = "supersede"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROPOSED: {
        Command.APPROVE: State.PROPOSED,
        Command.ACTIVATE: State.ACTIVE,
        Command.REJECT: State.REJECTED,
    },
    State.ACTIVE: {Command.SUPERSEDE: State.SUPERSEDED},
    State.REJECTED: {},
    State.SUPERSEDED: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
