"""Every command in every state of a hand-over leads where the table says, or changes nothing."""

from copy import copy
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dispatch.domain.handover_lists import Line, list_text
from dispatch.domain.handovers import (
    TRANSITIONS,
    Command,
    Handover,
    HandoverVoided,
    State,
    Why,
)
from dispatch.domain.signatures import Signature, Signed
from shared.rules import Because, WrongState

NOW = datetime(2026, 2, 13, 9, 55, tzinfo=UTC)
SIGNED = Signed(name="Li Si")
LINES = (Line(work_order_id=UUID(int=100), text="one"),)
CHANGED = (Line(work_order_id=UUID(int=100), text="another"),)
BECAUSE = Because(pack="property", version="1", clause="001-P5 L294", rule="WO-17")


def proposed() -> Handover:
    return Handover(
        id=UUID(int=1),
        daily_check_id=UUID(int=2),
        org_unit="dispatch-centre",
        from_id=UUID(int=3),
        proposed_at=NOW,
        lines=LINES,
        outgoing=Signature.under(list_text(LINES), Signed(name="Zhang San"), now=NOW),
        because=BECAUSE,
    )


def give(command: Command, handover: Handover):
    match command:
        case Command.SIGN:
            return handover.sign(LINES, SIGNED, by=UUID(int=4), now=NOW + timedelta(hours=1))
        case Command.VOID:
            return handover.void(Why.SUPERSEDED, now=NOW)


def reached(state: State) -> Handover:
    handover = proposed()
    if state is not State.PROPOSED:
        give(Command.SIGN if state is State.SIGNED else Command.VOID, handover)
    return handover


@pytest.mark.rule("WO-17")
@pytest.mark.parametrize("command", Command)
@pytest.mark.parametrize("state", State)
def test_each_command_in_each_state_follows_the_table(state, command):
    handover = reached(state)
    before = copy(vars(handover))

    if command in TRANSITIONS[state]:
        give(command, handover)
        assert handover.state is TRANSITIONS[state][command]
        return
    with pytest.raises(WrongState) as refused:
        give(command, handover)
    assert before == vars(handover)
    assert isinstance(refused.value, HandoverVoided) is (state is State.VOIDED)
    assert refused.value.extra["allowed"] == []


def test_every_state_stands_in_the_table():
    assert set(State) == set(TRANSITIONS)


@pytest.mark.rule("WO-17")
def test_a_signature_under_another_list_voids_instead():
    handover = proposed()
    told = handover.sign(CHANGED, SIGNED, by=UUID(int=4), now=NOW)

    assert (handover.state, handover.incoming) == (State.VOIDED, None)
    assert (handover.void_reason, handover.differing) == (Why.CHANGED, (UUID(int=100),))
    assert told.work_order_ids == (UUID(int=100),)


@pytest.mark.rule("WO-17")
def test_both_signatures_stand_under_the_same_text():
    handover = reached(State.SIGNED)

    assert handover.outgoing.digest == handover.incoming.digest == handover.digest
    assert (handover.outgoing.name, handover.incoming.name) == ("Zhang San", "Li Si")
