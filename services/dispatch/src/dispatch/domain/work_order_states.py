"""The life of a work order as one table (rules.md section 22, WO-07 to WO-16)."""

from enum import StrEnum

from shared.rules import WrongState


class State(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    PROGRESS_REPORTED = "progress_reported"
    UNABLE_REPORTED = "unable_reported"
    COMPLETED = "completed"
    CALLED_BACK = "called_back"
    SIGNED = "signed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """What made somebody open an order."""

    MANUAL = "manual"
    COMPLAINT = "complaint"
    CUSTOMER = "customer"


class Command(StrEnum):
    REVISE = "revise"
    ASSIGN = "assign"
    ISSUE = "issue"
    ACCEPT = "accept"
    START = "start"
    REPORT_PROGRESS = "report_progress"
    REPORT_UNABLE = "report_unable"
    COMPLETE = "complete"
    CALL_BACK = "call_back"
    SIGN = "sign"
    ARCHIVE = "archive"
    REASSIGN = "reassign"
    INSIST = "insist"
    INSIST_ON_ACCEPTANCE = "insist_on_acceptance"
    REFER_UP = "refer_up"
    CANCEL = "cancel"
    RECORD_BREACH = "record_breach"
    OPEN_SIGN_OFF = "open_sign_off"
    CLIENT_SIGN = "client_sign"
    PRINT = "print"


# A receiver has no way to refuse (WO-10): he can report that he is unable, and a superior decides.
# To insist is two commands, since it leads back to the work or, where the receiver had not accepted
# yet, to his acceptance. The dispatcher may reassign what a receiver who is gone has left behind.
# A sign-off link may be printed on an order before it is accepted; its client signs no sooner than
# the work is in hand, and by that the order goes nowhere yet (WO-14).
# The closing commands stand wherever a pack may let them follow; which of them must come first is
# the pack's word (WO-15), checked by the order itself.
TRANSITIONS: dict[State, dict[Command, State]] = {
    State.DRAFT: {
        Command.REVISE: State.DRAFT,
        Command.ASSIGN: State.DRAFT,
        Command.ISSUE: State.ISSUED,
    },
    State.ISSUED: {
        Command.ACCEPT: State.ACCEPTED,
        Command.REPORT_UNABLE: State.UNABLE_REPORTED,
        Command.REASSIGN: State.ISSUED,
        Command.RECORD_BREACH: State.ISSUED,
        Command.OPEN_SIGN_OFF: State.ISSUED,
        Command.PRINT: State.ISSUED,
    },
    State.ACCEPTED: {
        Command.START: State.IN_PROGRESS,
        Command.REPORT_PROGRESS: State.PROGRESS_REPORTED,
        Command.REPORT_UNABLE: State.UNABLE_REPORTED,
        Command.COMPLETE: State.COMPLETED,
        Command.REASSIGN: State.ISSUED,
        Command.RECORD_BREACH: State.ACCEPTED,
        Command.OPEN_SIGN_OFF: State.ACCEPTED,
        Command.CLIENT_SIGN: State.ACCEPTED,
        Command.PRINT: State.ACCEPTED,
    },
    State.IN_PROGRESS: {
        Command.REPORT_PROGRESS: State.PROGRESS_REPORTED,
        Command.REPORT_UNABLE: State.UNABLE_REPORTED,
        Command.COMPLETE: State.COMPLETED,
        Command.REASSIGN: State.ISSUED,
        Command.RECORD_BREACH: State.IN_PROGRESS,
        Command.OPEN_SIGN_OFF: State.IN_PROGRESS,
        Command.CLIENT_SIGN: State.IN_PROGRESS,
        Command.PRINT: State.IN_PROGRESS,
    },
    State.PROGRESS_REPORTED: {
        Command.START: State.IN_PROGRESS,
        Command.REPORT_PROGRESS: State.PROGRESS_REPORTED,
        Command.REPORT_UNABLE: State.UNABLE_REPORTED,
        Command.COMPLETE: State.COMPLETED,
        Command.REASSIGN: State.ISSUED,
        Command.RECORD_BREACH: State.PROGRESS_REPORTED,
        Command.OPEN_SIGN_OFF: State.PROGRESS_REPORTED,
        Command.CLIENT_SIGN: State.PROGRESS_REPORTED,
        Command.PRINT: State.PROGRESS_REPORTED,
    },
    State.UNABLE_REPORTED: {
        Command.REASSIGN: State.ISSUED,
        Command.INSIST: State.IN_PROGRESS,
        Command.INSIST_ON_ACCEPTANCE: State.ISSUED,
        Command.REFER_UP: State.UNABLE_REPORTED,
        Command.CANCEL: State.CANCELLED,
        Command.RECORD_BREACH: State.UNABLE_REPORTED,
        Command.PRINT: State.UNABLE_REPORTED,
    },
    State.COMPLETED: {
        Command.CALL_BACK: State.CALLED_BACK,
        Command.SIGN: State.SIGNED,
        Command.ARCHIVE: State.ARCHIVED,
        Command.RECORD_BREACH: State.COMPLETED,
        Command.PRINT: State.COMPLETED,
    },
    State.CALLED_BACK: {
        Command.SIGN: State.SIGNED,
        Command.ARCHIVE: State.ARCHIVED,
        Command.RECORD_BREACH: State.CALLED_BACK,
        Command.PRINT: State.CALLED_BACK,
    },
    State.SIGNED: {
        Command.ARCHIVE: State.ARCHIVED,
        Command.RECORD_BREACH: State.SIGNED,
        Command.PRINT: State.SIGNED,
    },
    State.ARCHIVED: {
        Command.RECORD_BREACH: State.ARCHIVED,
        Command.PRINT: State.ARCHIVED,
    },
    State.CANCELLED: {
        Command.RECORD_BREACH: State.CANCELLED,
        Command.PRINT: State.CANCELLED,
    },
}
# Where nothing is awaited any more.
ENDS = frozenset({State.ARCHIVED, State.CANCELLED})
# Where the receiver has the work in hand.
IN_HAND = frozenset({State.ISSUED, State.ACCEPTED, State.IN_PROGRESS, State.PROGRESS_REPORTED})


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
