"""Where a communication stands and what can be done with it there: one table."""

from enum import StrEnum


class State(StrEnum):
    """Where a communication stands; its minutes are overdue when nobody made them in time."""

    PLANNED = "planned"
    HELD = "held"
    OVERDUE = "overdue"
    RECORDED = "recorded"
    CHECKED = "checked"
    CANCELLED = "cancelled"


class Command(StrEnum):
    """What can be done with a communication."""

    HOLD = "hold"
    CANCEL = "cancel"
    REPORT_OVERDUE = "report_overdue"
    RECORD = "record"
    CHECK = "check"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PLANNED: {Command.HOLD: State.HELD, Command.CANCEL: State.CANCELLED},
    State.HELD: {Command.REPORT_OVERDUE: State.OVERDUE, Command.RECORD: State.RECORDED},
    State.OVERDUE: {Command.RECORD: State.RECORDED},
    State.RECORDED: {Command.CHECK: State.CHECKED},
    State.CHECKED: {},
    State.CANCELLED: {},
}
