"""Every command in every state of a file: what the table allows happens, all else changes
nothing."""

from datetime import UTC, datetime

import pytest

from customer.domain.file_states import TRANSITIONS, FileCommand, FileState
from customer.domain.files import CustomerFile
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="generic", version="1", clause="000 S17", rule="CF-06")
NOW = datetime(2026, 3, 2, tzinfo=UTC)

COMMANDS = {
    FileCommand.FILL: lambda f: f.recount((), now=NOW),
    FileCommand.LACK: lambda f: f.recount(("address",), now=NOW),
    FileCommand.GO_STALE: lambda f: f.go_stale(org_unit="shop-01", because=BECAUSE),
    FileCommand.REVIEW: lambda f: f.review((), now=NOW),
    FileCommand.VOID: lambda f: f.void(now=NOW),
}
FOLLOWS = (FileCommand.FILL, FileCommand.LACK)  # They follow what is filled and refuse nothing.


@pytest.mark.parametrize("state", FileState)
@pytest.mark.parametrize("command", FileCommand)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    file = CustomerFile(customer_id=new_id(), opened_at=NOW, opened_by="x", state=state)
    before = dict(vars(file))

    if command in TRANSITIONS[state]:
        COMMANDS[command](file)

        assert TRANSITIONS[state][command] == file.state
    elif command in FOLLOWS:
        assert not COMMANDS[command](file)
        assert before == dict(vars(file))
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](file)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(file))


def test_every_state_can_be_reached():
    reached = {FileState.DRAFT}
    for _ in FileState:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(FileState) == reached
