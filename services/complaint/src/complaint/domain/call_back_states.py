"""Where a call that was promised stands and what can be done with it there: one table."""

from enum import StrEnum

from complaint.domain import transitions


class CallBackState(StrEnum):
    """Where a call stands."""

    PROMISED = "promised"
    MADE = "made"
    CANCELLED = "cancelled"


class CallBackCommand(StrEnum):
    """What can be done with a call."""

    HAND_OVER = "hand_over"
    MAKE = "make"
    CANCEL = "cancel"


TRANSITIONS: dict[CallBackState, dict[CallBackCommand, CallBackState]] = {
    CallBackState.PROMISED: {
        CallBackCommand.HAND_OVER: CallBackState.PROMISED,
        CallBackCommand.MAKE: CallBackState.MADE,
        CallBackCommand.CANCEL: CallBackState.CANCELLED,
    },
    CallBackState.MADE: {},
    CallBackState.CANCELLED: {},
}


def offered(state: CallBackState) -> list[CallBackCommand]:
    """What a person can do with a call that is ``state``."""
    return transitions.offered(TRANSITIONS, state)


def after(state: CallBackState, command: CallBackCommand) -> CallBackState:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
