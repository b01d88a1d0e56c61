"""The hand-over of a shift: two signatures under the same list of open orders (WO-17, F-17).

Whoever signs second signs what the first has signed, or nothing: a list that has changed in between
voids the hand-over.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.deadlines import ClockRule
from dispatch.domain.handover_lists import Line, differences, list_text
from dispatch.domain.people import Person
from dispatch.domain.signatures import Signature, Signed
from shared.rules import Because, Forbidden, Invalid, RuleBroken, Ruling, WrongState


class State(StrEnum):
    PROPOSED = "proposed"
    SIGNED = "signed"
    VOIDED = "voided"


class Command(StrEnum):
    SIGN = "sign"
    VOID = "void"


# No time closes what was proposed: it waits for the second signature, or for the next proposal.
TRANSITIONS: dict[State, dict[Command, State]] = {
    State.PROPOSED: {Command.SIGN: State.SIGNED, Command.VOID: State.VOIDED},
    State.SIGNED: {},
    State.VOIDED: {},
}


class Why(StrEnum):
    """Why a hand-over is void: the list changed, or another was proposed."""

    CHANGED = "changed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True)
class HandoverRule:
    """The hand-over is due within the time of ``clock`` after the end of the shift, and reminded of
    again and again; one reminder after the other goes to the first, the second ... of
    ``superiors``.

    With ``moves_orders`` the orders of the outgoing dispatcher become those of the incoming one.
    Where ``alone``, the only dispatcher of a unit receives from himself when the shift has ended;
    otherwise a superior receives from him.
    """

    clock: ClockRule
    superiors: tuple[str, ...]
    moves_orders: bool
    alone: bool


class HandoverVoided(WrongState):
    """The list is not what the outgoing dispatcher has signed; ``work_order_ids`` lists the orders
    that differ (WO-17)."""

    code = "handover_voided"

    @classmethod
    def of(cls, handover: "Handover") -> "HandoverVoided":
        """The refusal of a signature under what is void."""
        return cls(
            "the list is not the one that was signed first",
            because=handover.because,
            state=handover.state.value,
            allowed=[],
            void_reason=handover.void_reason,
            work_order_ids=[str(one) for one in handover.differing],
        )


class SameDispatcher(Forbidden):
    """Nobody hands over to himself where somebody else could receive (WO-17)."""

    code = "same_dispatcher"


class NotOfUnit(Forbidden):
    """Only dispatchers who have a post in the unit hand its orders over (WO-17)."""

    code = "not_a_dispatcher_of_unit"


class NotTheIncoming(Forbidden):
    """The hand-over was proposed to somebody else."""

    code = "not_the_incoming_dispatcher"


class ShiftNotEnded(RuleBroken):
    """Who is alone receives from himself when his shift has ended; until then he works it."""

    code = "shift_not_ended"


class IncomingUnfit(Invalid):
    """Whoever is named to receive the orders is no dispatcher of the unit."""

    code = "incoming_unfit"


@dataclass(eq=False, kw_only=True)
class Handover:
    """``to_id`` is who was named to receive the orders, and then who did. ``lines`` is the list as
    it was signed; ``differing`` what had changed when it was voided."""

    id: UUID
    daily_check_id: UUID
    org_unit: str
    from_id: UUID
    proposed_at: datetime
    lines: tuple[Line, ...]
    outgoing: Signature
    because: Because
    to_id: UUID | None = None
    incoming: Signature | None = None
    state: State = State.PROPOSED
    voided_at: datetime | None = None
    void_reason: Why | None = None
    differing: tuple[UUID, ...] = ()
    version: int = 1

    @property
    def digest(self) -> str:
        """What both sign."""
        return self.outgoing.digest

    @property
    def text(self) -> str:
        """The exact text whose digest it is."""
        return list_text(self.lines)

    def proposed(self, incoming_ids: Iterable[UUID]) -> events.HandoverProposed:
        """What is told of the proposal."""
        return events.HandoverProposed(
            handover_id=self.id,
            daily_check_id=self.daily_check_id,
            org_unit=self.org_unit,
            from_id=self.from_id,
            incoming_ids=tuple(incoming_ids),
            orders=len(self.lines),
            digest=self.digest,
        )

    def sign(
        self, lines: Collection[Line], signed: Signed, *, by: UUID, now: datetime
    ) -> events.HandoverSigned | events.HandoverVoided:
        """The second signature, under ``lines`` as they are now; where those are not what was
        proposed, the hand-over is void instead. Raises HandoverVoided, WrongState."""
        state = self._target(Command.SIGN)
        differing = differences(self.lines, lines)
        if differing:
            return self.void(Why.CHANGED, differing=differing, now=now)
        self.incoming = Signature.under(self.text, signed, now=now)
        self.to_id, self.state = by, state
        return events.HandoverSigned(
            handover_id=self.id,
            daily_check_id=self.daily_check_id,
            org_unit=self.org_unit,
            from_id=self.from_id,
            to_id=by,
            orders=len(self.lines),
            digest=self.digest,
            signed_at=now,
        )

    def void(
        self, reason: Why, *, now: datetime, differing: Iterable[UUID] = ()
    ) -> events.HandoverVoided:
        """Nobody signs this any more. Raises HandoverVoided, WrongState."""
        self.state = self._target(Command.VOID)
        self.voided_at, self.void_reason, self.differing = now, reason, tuple(differing)
        return events.HandoverVoided(
            handover_id=self.id,
            daily_check_id=self.daily_check_id,
            org_unit=self.org_unit,
            from_id=self.from_id,
            reason=reason,
            work_order_ids=self.differing,
        )

    def check_waiting(self) -> None:
        """Refuse a second signature where none is awaited. Raises HandoverVoided, WrongState."""
        self._target(Command.SIGN)

    def _target(self, command: Command) -> State:
        allowed = TRANSITIONS[self.state]
        if command in allowed:
            return allowed[command]
        if self.state is State.VOIDED:
            raise HandoverVoided.of(self)
        how = {"state": self.state.value, "allowed": [one.value for one in allowed]}
        raise WrongState("both have signed the hand-over already", because=self.because, **how)


def dispatches_in(person: Person, unit: str, roles: Collection[str]) -> bool:
    """Whether somebody who is there has a post in the unit itself that dispatches."""
    return person.active and any(post.unit == unit and post.role in roles for post in person.posts)


def is_fit(
    person: Person, unit: str, *, dispatching: Collection[str], superiors: Collection[str]
) -> bool:
    """Whether somebody could sign second: a dispatcher of the unit, or a superior."""
    above = person.active and bool(person.roles & set(superiors))
    return above or dispatches_in(person, unit, dispatching)


def check_outgoing(person: Person, unit: str, *, roles: Collection[str]) -> None:
    """Refuse whoever hands over what is not his to hand over. Raises NotOfUnit."""
    if not dispatches_in(person, unit, roles):
        raise NotOfUnit("only dispatchers of the unit hand its orders over")


def check_incoming(
    person: Person,
    handover: Handover,
    rule: Ruling[HandoverRule],
    *,
    roles: Collection[str],
    others: bool,
    ended: bool,
) -> None:
    """Refuse whoever may not receive: ``roles`` dispatch, ``others`` than the outgoing dispatcher
    could receive, and the shift has ``ended``.

    Raises SameDispatcher, ShiftNotEnded, NotTheIncoming, NotOfUnit.
    """
    if person.id == handover.from_id:
        _check_alone(rule, others=others, ended=ended)
    superiors = rule.value.superiors
    if not is_fit(person, handover.org_unit, dispatching=roles, superiors=superiors):
        raise NotOfUnit("only dispatchers of the unit and their superiors receive its orders")
    if handover.to_id not in (None, person.id) and not person.roles & set(superiors):
        raise NotTheIncoming("the hand-over was proposed to somebody else")


def _check_alone(rule: Ruling[HandoverRule], *, others: bool, ended: bool) -> None:
    if others or not rule.value.alone:
        raise SameDispatcher("somebody else receives what you hand over", because=rule.because)
    if not ended:
        raise ShiftNotEnded("your shift has not ended", because=rule.because)
