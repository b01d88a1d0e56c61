"""Every command on an interested party in every state: what the table allows, nothing else."""

from datetime import UTC, datetime

import pytest

from customer.domain.interested_parties import InterestedParty
from customer.domain.interested_party_states import TRANSITIONS, Command, State
from shared.ids import new_id
from shared.rules import WrongState

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WHO = {"by": new_id(), "now": NOW}
COMMANDS = {
    Command.CHANGE: lambda party: party.change({"service": "Backup"}),
    Command.RECORD: lambda party: party.record("CI-17", **WHO),
    Command.ARCHIVE: lambda party: party.archive("OA-3", **WHO),
}


def party_in(state):
    party = InterestedParty(
        id=new_id(),
        org_unit="shop-01",
        kind="regulator",
        service="Hosting",
        name="Office of data protection",
        interest="Data stay in the country",
        identified_by=new_id(),
        identified_at=NOW,
    )
    if state is not State.IDENTIFIED:
        party.record("CI-1", **WHO)
    if state is State.ARCHIVED:
        party.archive("OA-1", **WHO)
    return party


@pytest.mark.rule("CF-41")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    party = party_in(state)
    before = dict(vars(party))

    if command in TRANSITIONS[state]:
        COMMANDS[command](party)

        assert TRANSITIONS[state][command] == party.state
        assert (party.state is not State.IDENTIFIED) == bool(party.configuration_item)
        assert (party.state is State.ARCHIVED) == bool(party.archive_reference)
    else:
        with pytest.raises(WrongState):
            COMMANDS[command](party)

        assert before == dict(vars(party))


@pytest.mark.parametrize("state", State)
def test_a_change_of_nothing_leaves_a_record_as_it_is(state):
    party = party_in(state)

    assert () == party.change({"service": "Hosting"})
    assert state is party.state
