"""Where the admission of a customer to a unit stands and what can be done with it there: one table
(rules.md section 22, "Customer (medical)")."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where an admission stands."""

    PROSPECT = "prospect"
    INFO_COLLECTED = "info_collected"
    UNDER_REVIEW = "under_review"
    ADMITTED = "admitted"
    INCOMPLETE = "incomplete"
    REJECTED = "rejected"
    EXPIRED = "expired"
    EXITED = "exited"


class Command(StrEnum):
    """What can be done with an admission."""

    TAKE_STEP = "take_step"
    TAKE_LAST_STEP = "take_last_step"
    ASSESS = "assess"
    ADMIT = "admit"
    RETURN = "return"
    REJECT = "reject"
    EXPIRE = "expire"
    EXIT = "exit"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROSPECT: {
        Command.TAKE_STEP: State.PROSPECT,
        Command.TAKE_LAST_STEP: State.INFO_COLLECTED,
        Command.EXIT: State.EXITED,
    },
    State.INFO_COLLECTED: {Command.ASSESS: State.UNDER_REVIEW, Command.EXIT: State.EXITED},
    State.UNDER_REVIEW: {
        Command.ASSESS: State.UNDER_REVIEW,
        Command.ADMIT: State.ADMITTED,
        Command.RETURN: State.INCOMPLETE,
        Command.REJECT: State.REJECTED,
        Command.EXIT: State.EXITED,
    },
    State.INCOMPLETE: {Command.ASSESS: State.UNDER_REVIEW, Command.EXIT: State.EXITED},
    State.ADMITTED: {Command.EXPIRE: State.EXPIRED, Command.EXIT: State.EXITED},
    State.EXPIRED: {Command.ASSESS: State.UNDER_REVIEW, Command.EXIT: State.EXITED},
    State.REJECTED: {},
    State.EXITED: {},
}

# A customer has one admission to a unit at most that stands in one of these.
LIVE = tuple(state for state in State if TRANSITIONS[state])


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
