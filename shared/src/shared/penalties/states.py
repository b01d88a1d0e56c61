"""Where a penalty stands and what can be done with it there: one table (rules.md section 22)."""

from enum import StrEnum

from shared.rules import WrongState


class PenaltyState(StrEnum):
    """Where a penalty stands."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    WAIVED = "waived"
    POSTED = "posted"


class PenaltyCommand(StrEnum):
    """What can be done with a penalty. No person withdraws one or proposes it again: that follows
    when a due time moves, or when it is learned that it was kept."""

    CONFIRM = "confirm"
    WAIVE = "waive"
    POST = "post"
    WITHDRAW = "withdraw"
    PROPOSE_AGAIN = "propose_again"


BY_ITSELF = frozenset({PenaltyCommand.WITHDRAW, PenaltyCommand.PROPOSE_AGAIN})
TRANSITIONS: dict[PenaltyState, dict[PenaltyCommand, PenaltyState]] = {
    PenaltyState.PROPOSED: {
        PenaltyCommand.CONFIRM: PenaltyState.CONFIRMED,
        PenaltyCommand.WAIVE: PenaltyState.WAIVED,
        PenaltyCommand.WITHDRAW: PenaltyState.WITHDRAWN,
    },
    PenaltyState.WITHDRAWN: {PenaltyCommand.PROPOSE_AGAIN: PenaltyState.PROPOSED},
    PenaltyState.CONFIRMED: {
        PenaltyCommand.POST: PenaltyState.POSTED,
        PenaltyCommand.WITHDRAW: PenaltyState.WITHDRAWN,
    },
    PenaltyState.WAIVED: {},
    PenaltyState.POSTED: {},
}


def offered(state: PenaltyState) -> list[PenaltyCommand]:
    """What a person can do with a penalty that is ``state``."""
    return [command for command in TRANSITIONS[state] if command not in BY_ITSELF]


def after(state: PenaltyState, command: PenaltyCommand) -> PenaltyState:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    possible = TRANSITIONS[state]
    if command not in possible:
        raise WrongState(
            f"A penalty that is {state} does not take {command}.",
            state=state.value,
            allowed=[one.value for one in offered(state)],
        )
    return possible[command]
