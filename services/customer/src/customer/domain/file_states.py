"""Where a customer's file stands and what can happen to it there: one table."""

from enum import StrEnum

from customer.domain import transitions


class FileState(StrEnum):
    """A draft lacks required fields; a stale file was not reviewed in time; a void one is closed
    for good."""

    DRAFT = "draft"
    COMPLETE = "complete"
    STALE = "stale"
    VOID = "void"


class FileCommand(StrEnum):
    """What can happen to a file."""

    FILL = "fill"
    LACK = "lack"
    GO_STALE = "go_stale"
    REVIEW = "review"
    VOID = "void"


TRANSITIONS: dict[FileState, dict[FileCommand, FileState]] = {
    FileState.DRAFT: {FileCommand.FILL: FileState.COMPLETE, FileCommand.VOID: FileState.VOID},
    FileState.COMPLETE: {
        FileCommand.LACK: FileState.DRAFT,
        FileCommand.GO_STALE: FileState.STALE,
        FileCommand.REVIEW: FileState.COMPLETE,
        FileCommand.VOID: FileState.VOID,
    },
    FileState.STALE: {
        FileCommand.LACK: FileState.DRAFT,
        FileCommand.REVIEW: FileState.COMPLETE,
        FileCommand.VOID: FileState.VOID,
    },
    FileState.VOID: {},
}


def after(state: FileState, command: FileCommand) -> FileState:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
