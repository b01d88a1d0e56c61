"""Where a task of care stands and what can be done with it there: one table (CM-07)."""

from collections.abc import Mapping
from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands."""

    PROPOSED = "proposed"  # it waits for somebody to allow it
    APPROVED = "approved"
    DECLINED = "declined"
    DONE = "done"
    LAPSED = "lapsed"  # its time is over, or its contact is not to be cared for any more


class TaskCommand(StrEnum):
    """What can be done with a task."""

    APPROVE = "approve"
    DECLINE = "decline"
    COMPLETE = "complete"
    LAPSE = "lapse"


TASK_TRANSITIONS: Mapping[TaskState, Mapping[TaskCommand, TaskState]] = {
    TaskState.PROPOSED: {
        TaskCommand.APPROVE: TaskState.APPROVED,
        TaskCommand.DECLINE: TaskState.DECLINED,
        TaskCommand.LAPSE: TaskState.LAPSED,
    },
    TaskState.APPROVED: {
        TaskCommand.DECLINE: TaskState.DECLINED,
        TaskCommand.COMPLETE: TaskState.DONE,
        TaskCommand.LAPSE: TaskState.LAPSED,
    },
    TaskState.DECLINED: {},
    TaskState.DONE: {},
    TaskState.LAPSED: {},
}
LIVE = (TaskState.PROPOSED, TaskState.APPROVED)
