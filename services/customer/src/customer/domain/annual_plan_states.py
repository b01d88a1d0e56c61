"""Where a visit plan of a year stands and what can be done with it there: one table."""

from enum import StrEnum


class State(StrEnum):
    """Where a plan stands; one that is filling does not have all its customers yet."""

    FILLING = "filling"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Command(StrEnum):
    """What can be done with a plan."""

    FILL = "fill"
    FINISH = "finish"
    PROPOSE = "propose"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.FILLING: {Command.FILL: State.FILLING, Command.FINISH: State.DRAFT},
    State.DRAFT: {Command.PROPOSE: State.DRAFT, Command.SUBMIT: State.SUBMITTED},
    State.SUBMITTED: {Command.RETURN: State.RETURNED, Command.APPROVE: State.APPROVED},
    State.RETURNED: {Command.PROPOSE: State.RETURNED, Command.SUBMIT: State.SUBMITTED},
    State.APPROVED: {},
}
