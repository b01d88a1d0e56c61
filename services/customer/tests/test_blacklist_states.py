"""Every command in every state of an entry: what the table allows happens, all else nothing."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.blacklist import BlacklistEntry
from customer.domain.blacklist_rules import Scope, Validity
from customer.domain.blacklist_states import BARRING, LIVE, TRANSITIONS, Command, State
from shared.ids import new_id
from shared.rules import Because, Ruling, WrongState

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L530", rule="AD-17")
NOW, TODAY = datetime(2026, 3, 2, tzinfo=UTC), date(2026, 3, 2)
VALIDITY = Ruling(Validity(None), BECAUSE)

COMMANDS = {
    Command.VERIFY: lambda e: e.verify(by="somebody", findings="true", now=NOW),
    Command.LIST: lambda e: e.enlist(
        by="m", validity=VALIDITY, today=TODAY, now=NOW, number="F-1", told=()
    ),
    Command.DISMISS: lambda e: e.dismiss("not true"),
    Command.SHORTEN: lambda e: e.shorten(
        date(2026, 4, 1), reason="mild", today=TODAY, number="F-1", told=()
    ),
    Command.EXPIRE: lambda e: e.expire(()),
    Command.OPEN_RETURN: lambda e: e.take(Command.OPEN_RETURN),
    Command.REVIEW_RETURN: lambda e: e.take(Command.REVIEW_RETURN),
    Command.APPROVE_RETURN: lambda e: e.take(Command.APPROVE_RETURN),
    Command.KEEP_EXPIRED: lambda e: e.take(Command.KEEP_EXPIRED),
    Command.KEEP_LISTED: lambda e: e.take(Command.KEEP_LISTED),
    Command.LIFT: lambda e: e.lift(grade="medical:qualified", now=NOW, told=()),
}


def entry_in(state):
    return BlacklistEntry(
        id=new_id(),
        customer_id=new_id(),
        scope=Scope.COMPANY,
        org_unit="region-north",
        reason_code="major_loss",
        reason="never paid",
        evidence="invoices",
        reported_by="head",
        reported_at=NOW,
        because=BECAUSE,
        state=state,
        valid_until=date(2026, 9, 2),
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    entry = entry_in(state)
    before = dict(vars(entry))

    if command in TRANSITIONS[state]:
        COMMANDS[command](entry)

        assert TRANSITIONS[state][command] == entry.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](entry)

        assert "wrong_state" == refused.value.code
        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(entry))


def test_every_state_can_be_reached_and_only_what_is_live_takes_commands():
    reached = {State.REPORTED}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(State) == reached
    assert set(State) - set(LIVE) == {state for state in State if not TRANSITIONS[state]}


@pytest.mark.rule("AD-18")
def test_nothing_but_lifting_releases_an_entry_that_bars():
    for state in BARRING:
        for command, to in TRANSITIONS[state].items():
            assert (to in BARRING) == (command is not Command.LIFT)
