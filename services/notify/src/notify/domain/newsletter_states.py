"""Where an issue of a newsletter stands and what can be done with it there: one table (CM-02)."""

from collections.abc import Mapping
from enum import StrEnum


class IssueState(StrEnum):
    """Where an issue stands."""

    PROPOSED = "proposed"  # it waits for somebody to allow it
    APPROVED = "approved"  # it waits for its time
    SENDING = "sending"
    SENT = "sent"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # nobody had allowed it when its time came


class IssueCommand(StrEnum):
    """What can be done with an issue."""

    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    START = "start"
    FINISH = "finish"
    LAPSE = "lapse"


ISSUE_TRANSITIONS: Mapping[IssueState, Mapping[IssueCommand, IssueState]] = {
    IssueState.PROPOSED: {
        IssueCommand.APPROVE: IssueState.APPROVED,
        IssueCommand.DECLINE: IssueState.DECLINED,
        IssueCommand.WITHDRAW: IssueState.WITHDRAWN,
        IssueCommand.LAPSE: IssueState.LAPSED,
    },
    IssueState.APPROVED: {
        IssueCommand.WITHDRAW: IssueState.WITHDRAWN,
        IssueCommand.START: IssueState.SENDING,
    },
    IssueState.SENDING: {
        IssueCommand.WITHDRAW: IssueState.WITHDRAWN,
        IssueCommand.FINISH: IssueState.SENT,
    },
    IssueState.SENT: {},
    IssueState.DECLINED: {},
    IssueState.WITHDRAWN: {},
    IssueState.LAPSED: {},
}
