"""Where the record of an interested party stands and what can be done with it there: one table."""

from enum import StrEnum


class State(StrEnum):
    """Where a record stands; what was archived stands in the configuration database as well."""

    IDENTIFIED = "identified"
    RECORDED = "recorded"
    ARCHIVED = "archived"


class Command(StrEnum):
    """What can be done; whatever is changed is recorded and archived anew."""

    CHANGE = "change"
    RECORD = "record"
    ARCHIVE = "archive"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.IDENTIFIED: {Command.CHANGE: State.IDENTIFIED, Command.RECORD: State.RECORDED},
    State.RECORDED: {Command.CHANGE: State.IDENTIFIED, Command.ARCHIVE: State.ARCHIVED},
    State.ARCHIVED: {Command.CHANGE: State.IDENTIFIED},
}
