"""Where the admission form of a partner stands and what can be done with it there: one table
(rules.md section 22, "JV partner")."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where a form stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCREENED = "screened"
    DECLINED = "declined"
    ONSITE_CHECKED = "onsite_checked"
    ADMITTED = "admitted"
    GRADED = "graded"


class Command(StrEnum):
    """What can be done with a form; to archive it leaves it where it stands."""

    FILL = "fill"
    SUBMIT = "submit"
    SCREEN = "screen"
    DECLINE = "decline"
    FIND = "find"
    CHECK = "check"
    ADMIT = "admit"
    GRADE = "grade"
    ARCHIVE = "archive"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.DRAFT: {Command.FILL: State.DRAFT, Command.SUBMIT: State.SUBMITTED},
    State.SUBMITTED: {Command.SCREEN: State.SCREENED, Command.DECLINE: State.DECLINED},
    State.SCREENED: {
        Command.FILL: State.SCREENED,
        Command.FIND: State.SCREENED,
        Command.CHECK: State.ONSITE_CHECKED,
    },
    State.ONSITE_CHECKED: {
        Command.FIND: State.ONSITE_CHECKED,
        Command.ADMIT: State.ADMITTED,
        Command.DECLINE: State.DECLINED,
    },
    State.DECLINED: {Command.ARCHIVE: State.DECLINED},
    State.ADMITTED: {Command.GRADE: State.GRADED, Command.ARCHIVE: State.ADMITTED},
    State.GRADED: {Command.ARCHIVE: State.GRADED},
}

# A partner in one of these may be dealt with.
IN = (State.ADMITTED, State.GRADED)


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
