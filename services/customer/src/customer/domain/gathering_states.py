"""Where a gathering stands and what can be done with it there: one table (rules.md section 22)."""

from enum import StrEnum


class State(StrEnum):
    """Where a gathering stands."""

    DRAFT = "draft"
    DEPT_SUBMITTED = "dept_submitted"
    MARKETING_OK = "marketing_ok"
    BRANCH_LEADER_OK = "branch_leader_ok"
    GM_OK = "gm_ok"
    HELD = "held"
    REPORTED = "reported"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Command(StrEnum):
    """What can be done with a gathering; one that is not large is held without approvals."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REFUSE = "refuse"
    FUND = "fund"
    HOLD = "hold"
    HOLD_SMALL = "hold_small"
    REPORT = "report"
    CLOSE = "close"
    CANCEL = "cancel"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.DRAFT: {
        Command.SUBMIT: State.DEPT_SUBMITTED,
        Command.FUND: State.DRAFT,
        Command.CANCEL: State.CANCELLED,
        Command.HOLD_SMALL: State.HELD,
    },
    State.DEPT_SUBMITTED: {
        Command.APPROVE: State.MARKETING_OK,
        Command.REFUSE: State.DRAFT,
        Command.FUND: State.DEPT_SUBMITTED,
        Command.CANCEL: State.CANCELLED,
    },
    State.MARKETING_OK: {
        Command.APPROVE: State.BRANCH_LEADER_OK,
        Command.REFUSE: State.DRAFT,
        Command.FUND: State.MARKETING_OK,
        Command.CANCEL: State.CANCELLED,
    },
    State.BRANCH_LEADER_OK: {
        Command.APPROVE: State.GM_OK,
        Command.REFUSE: State.DRAFT,
        Command.FUND: State.BRANCH_LEADER_OK,
        Command.CANCEL: State.CANCELLED,
    },
    State.GM_OK: {
        Command.FUND: State.GM_OK,
        Command.CANCEL: State.CANCELLED,
        Command.HOLD: State.HELD,
    },
    State.HELD: {Command.REPORT: State.REPORTED},
    State.REPORTED: {Command.CLOSE: State.CLOSED},
    State.CLOSED: {},
    State.CANCELLED: {},
}
# In this order plans wait for their approvers (VS-09).
WAITING = (State.DEPT_SUBMITTED, State.MARKETING_OK, State.BRANCH_LEADER_OK)
# A gathering in one of these is still to be held.
AHEAD = (State.DRAFT, *WAITING, State.GM_OK)
# Nothing more is to be done in these.
OVER = (State.CLOSED, State.CANCELLED)
