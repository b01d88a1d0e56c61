"""The life of a work order as one table (rules.md section 22, WO-07 to WO-15)."""

from enum import StrEnum

from shared.rules import WrongState


class State(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CALLED_BACK = "called_back"
    SIGNED = "signed"
    ARCHIVED = "archived"


class Source(StrEnum):
    """What made somebody open an order."""

    MANUAL = "manual"
    COMPLAINT = "complaint"
    CUSTOMER = "customer"


class Command(StrEnum):
    REVISE = "revise"
    ISSUE = "issue"
    ACCEPT = "accept"
    COMPLETE = "complete"
    CALL_BACK = "call_back"
    SIGN = "sign"
    ARCHIVE = "archive"
    REASSIGN = "reassign"


# A receiver has no way to refuse (WO-10); the dispatcher may reassign what a receiver who is gone
# has left behind. The closing commands stand wherever a pack may let them
# follow; which of them must come first is the pack's word (WO-15), checked by the order itself.
TRANSITIONS: dict[State, dict[Command, State]] = {
    State.DRAFT: {Command.REVISE: State.DRAFT, Command.ISSUE: State.ISSUED},
    State.ISSUED: {Command.ACCEPT: State.ACCEPTED, Command.REASSIGN: State.ISSUED},
    State.ACCEPTED: {Command.COMPLETE: State.COMPLETED, Command.REASSIGN: State.ISSUED},
    State.COMPLETED: {
        Command.CALL_BACK: State.CALLED_BACK,
        Command.SIGN: State.SIGNED,
        Command.ARCHIVE: State.ARCHIVED,
    },
    State.CALLED_BACK: {Command.SIGN: State.SIGNED, Command.ARCHIVE: State.ARCHIVED},
    State.SIGNED: {Command.ARCHIVE: State.ARCHIVED},
    State.ARCHIVED: {},
}


def target(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState with the commands allowed there."""
    found = TRANSITIONS[state].get(command)
    if found is None:
        raise WrongState(
            f"a work order that is {state} cannot take the command {command}",
            state=state.value,
            allowed=[allowed.value for allowed in TRANSITIONS[state]],
        )
    return found
