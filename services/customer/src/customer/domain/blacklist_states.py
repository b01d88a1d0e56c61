"""Where an entry of a blacklist stands and what can be done with it there: one table (section 22
of the rule catalogue; AD-17, AD-18, AD-20)."""

from enum import StrEnum

from customer.domain import transitions


class State(StrEnum):
    """Where an entry stands. An entry of a department begins as LISTED, one of the company as
    REPORTED."""

    REPORTED = "reported"
    VERIFIED = "verified"
    LISTED = "listed"
    EXPIRED = "expired"
    RETURN_REVIEW = "return_review"
    LIFTED = "lifted"
    DISMISSED = "dismissed"


# Expiry releases nobody (AD-18), nor does a review that is still under way.
BARRING = (State.LISTED, State.EXPIRED, State.RETURN_REVIEW)
PENDING = (State.REPORTED, State.VERIFIED)
LIVE = (*PENDING, *BARRING)


class Command(StrEnum):
    """What can be done with an entry. A return that fails leads back to where it began: an entry
    whose validity has ended is kept expired, one without any validity is kept listed."""

    VERIFY = "verify"
    LIST = "list"
    DISMISS = "dismiss"
    SHORTEN = "shorten"
    EXPIRE = "expire"
    OPEN_RETURN = "open_return"
    REVIEW_RETURN = "review_return"
    APPROVE_RETURN = "approve_return"
    KEEP_EXPIRED = "keep_expired"
    KEEP_LISTED = "keep_listed"
    LIFT = "lift"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.REPORTED: {Command.VERIFY: State.VERIFIED, Command.DISMISS: State.DISMISSED},
    State.VERIFIED: {Command.LIST: State.LISTED, Command.DISMISS: State.DISMISSED},
    State.LISTED: {
        Command.SHORTEN: State.LISTED,
        Command.EXPIRE: State.EXPIRED,
        Command.OPEN_RETURN: State.RETURN_REVIEW,
    },
    State.EXPIRED: {Command.OPEN_RETURN: State.RETURN_REVIEW},
    State.RETURN_REVIEW: {
        Command.REVIEW_RETURN: State.RETURN_REVIEW,
        Command.APPROVE_RETURN: State.RETURN_REVIEW,
        Command.KEEP_EXPIRED: State.EXPIRED,
        Command.KEEP_LISTED: State.LISTED,
        Command.LIFT: State.LIFTED,
    },
    State.LIFTED: {},
    State.DISMISSED: {},
}


def after(state: State, command: Command) -> State:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
