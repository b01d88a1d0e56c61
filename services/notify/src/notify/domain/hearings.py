"""What was made of an event that somebody may be told of, and why a person was told or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from notify.domain.message_states import State
from notify.domain.messages import Message
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The event of which somebody is told; ``at`` is when it happened."""

    event_id: UUID
    type: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A rule of a pack that spoke of an event: whom it tells, and for what reason."""

    reason: str
    audience: tuple[str, ...]
    because: Because


@dataclass(eq=False, kw_only=True)
class Hearing:
    """What the packs said of an event when it came; ids only.

    ``subject`` and ``occurrence`` are those of its messages. ``instead``: who is told in the place
    of a case that names nobody. ``passed_over``: why no rule was asked.
    """

    event_id: UUID
    type: str
    org_unit: str
    subject: str
    occurrence: str
    happened_at: datetime
    heard_at: datetime
    decisions: tuple[Decision, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    passed_over: str | None = None


class Arrival(StrEnum):
    """How far an event came of which no hearing is kept."""

    UNHEARD = "event_unheard"  # it never came, or too long ago, or is not the caller's to know
    WAITING = "event_waiting"  # it is not handled yet
    PARKED = "event_parked"  # its handler failed for good, until somebody replays it
    DROPPED = "event_dropped"  # somebody decided that it is not handled
    LATE = "event_late"  # it came when what it is about was past that
    NOT_KEPT = "event_not_kept"  # it was handled, and what was decided was not written down
    TELLS_NOBODY = "not_in_catalogue"  # nobody is ever told of events of this type


class Verdict(StrEnum):
    """Whether a person was told; the best of all rules counts, in this order."""

    TOLD = "told"
    PERHAPS = "perhaps_told"
    WAITING = "waiting"
    NOT_TOLD = "not_told"


class Spoken(StrEnum):
    """What a rule came to for a person."""

    PLANNED = "planned"
    SAID_BEFORE = "said_before"  # another event had it said already
    OTHER_RULE = "spoken_by_other_rule"  # a rule before it with the same reason had it said
    NOT_IN_AUDIENCE = "not_in_audience"


NO_RULE = "no_notice_rule"
VERDICTS: Mapping[State, Verdict] = {
    State.HELD: Verdict.WAITING,
    State.PLANNED: Verdict.WAITING,
    State.SENDING: Verdict.WAITING,
    State.SENT: Verdict.TOLD,
    State.DELIVERED: Verdict.TOLD,
    State.UNKNOWN: Verdict.PERHAPS,
    State.FAILED: Verdict.NOT_TOLD,
    State.SUPPRESSED: Verdict.NOT_TOLD,
    State.CANCELLED: Verdict.NOT_TOLD,
}


@dataclass(frozen=True, kw_only=True)
class Spoke:
    """A rule, what it came to for a person, and the lines of the ledger, oldest first."""

    decision: Decision
    outcome: Spoken
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Whether somebody was told of an event. ``why``: a reason code; None when he was told."""

    verdict: Verdict
    why: str | None
    rules: tuple[Spoke, ...] = ()


def explain(hearing: Hearing, lines: Sequence[Message]) -> Explanation:
    """Why a person was told of an event or not; ``lines`` are his messages with the subject and
    occurrence of the hearing, oldest first."""
    rules = tuple(_spoke(hearing, decision, lines) for decision in hearing.decisions)
    told = [one for rule in rules for one in rule.messages]
    if told:
        best = min(told, key=lambda one: (_rank(one), -told.index(one)))
        verdict = VERDICTS[best.state]
        why = None if verdict is Verdict.TOLD else best.state_reason or best.state.value
        return Explanation(verdict=verdict, why=why, rules=rules)
    why = hearing.passed_over or (Spoken.NOT_IN_AUDIENCE if rules else NO_RULE)
    return Explanation(verdict=Verdict.NOT_TOLD, why=why, rules=rules)


def _spoke(hearing: Hearing, decision: Decision, lines: Sequence[Message]) -> Spoke:
    said = [one for one in lines if one.reason == decision.reason]
    if not said:
        return Spoke(decision=decision, outcome=Spoken.NOT_IN_AUDIENCE)
    if said[0].event_id != hearing.event_id:
        return Spoke(decision=decision, outcome=Spoken.SAID_BEFORE, messages=tuple(said))
    if said[0].because != decision.because:
        return Spoke(decision=decision, outcome=Spoken.OTHER_RULE)
    return Spoke(decision=decision, outcome=Spoken.PLANNED, messages=tuple(said))


def _rank(message: Message) -> int:
    return list(Verdict).index(VERDICTS[message.state])
