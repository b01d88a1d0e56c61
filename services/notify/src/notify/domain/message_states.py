"""The states of a message, and what leads from one to another."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    HELD = "held"  # it waits: for the recipient to become known, or for a better moment
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"  # the channel took it
    DELIVERED = "delivered"  # the provider says that it arrived
    FAILED = "failed"
    SUPPRESSED = "suppressed"  # it must not be said
    CANCELLED = "cancelled"  # it need not be said any more
    UNKNOWN = "unknown"  # it may have arrived; sending it again might tell somebody twice


class Command(StrEnum):
    HOLD = "hold"
    RELEASE = "release"
    SUPPRESS = "suppress"
    CANCEL = "cancel"
    CLAIM = "claim"
    DELIVER = "deliver"
    POSTPONE = "postpone"
    FAIL = "fail"
    DOUBT = "doubt"
    CARRY = "carry"  # the digest in which it stands was sent
    DROP = "drop"  # the digest in which it stands has failed
    CONFIRM = "confirm"
    BOUNCE = "bounce"


class Why(StrEnum):
    """Reason codes of a state; channels add their own for what a server answered."""

    CONTACT_UNKNOWN = "contact_unknown"
    CONTACT_INACTIVE = "contact_inactive"
    CUSTOMER_BARRED = "customer_barred"
    DIGEST = "digest"
    IN_DIGEST = "in_digest"
    QUIET_HOURS = "quiet_hours"
    QUIET_TOO_LATE = "quiet_until_too_late"
    CAP_REACHED = "cap_reached"
    OPTED_OUT = "opted_out"
    CUSTOMER_LEFT = "customer_left"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    TOO_LATE = "too_late"
    PHRASE_BANNED = "phrase_banned"
    NO_ADDRESS = "no_address"
    CALL_WANTED = "call_wanted"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"
    NO_CHANNEL = "no_channel"
    INTERRUPTED = "interrupted"
    TO_BE_POSTED = "to_be_posted"


# SENDING may be claimed again when its lease ran out and the channel knows a repetition as such.
# PLANNED becomes UNKNOWN when an earlier try may have arrived and there will be no other.
# UNKNOWN becomes SENT when the answer of the try that was given up comes after all, and DELIVERED
# or FAILED when the provider tells what became of it.
# SENT is the end where a provider gives no receipts.
TRANSITIONS: Mapping[State, Mapping[Command, State]] = {
    State.HELD: {
        Command.HOLD: State.HELD,
        Command.RELEASE: State.PLANNED,
        Command.CARRY: State.SENT,
        Command.DROP: State.FAILED,
        Command.DOUBT: State.UNKNOWN,
        Command.SUPPRESS: State.SUPPRESSED,
        Command.CANCEL: State.CANCELLED,
    },
    State.PLANNED: {
        Command.HOLD: State.HELD,
        Command.CLAIM: State.SENDING,
        Command.SUPPRESS: State.SUPPRESSED,
        Command.CANCEL: State.CANCELLED,
        Command.FAIL: State.FAILED,
        Command.DOUBT: State.UNKNOWN,
    },
    State.SENDING: {
        Command.CLAIM: State.SENDING,
        Command.DELIVER: State.SENT,
        Command.POSTPONE: State.PLANNED,
        Command.FAIL: State.FAILED,
        Command.DOUBT: State.UNKNOWN,
    },
    State.UNKNOWN: {
        Command.DELIVER: State.SENT,
        Command.CONFIRM: State.DELIVERED,
        Command.BOUNCE: State.FAILED,
    },
    State.SENT: {Command.CONFIRM: State.DELIVERED, Command.BOUNCE: State.FAILED},
    State.DELIVERED: {},
    State.FAILED: {},
    State.SUPPRESSED: {},
    State.CANCELLED: {},
}
