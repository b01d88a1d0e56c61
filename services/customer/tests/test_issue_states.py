"""Every command on an issue in every state: what the table allows happens, all else nothing."""

from datetime import UTC, datetime

import pytest

from customer.domain.issues import TRANSITIONS, Command, Issue, Job, Source, State
from shared.ids import new_id
from shared.rules import WrongState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
JOB = Job(place="at home", content="look", requirements="none", reply_due_at=NOON)
COMMANDS = {
    Command.REPORT_OVERDUE: lambda i: i.report_overdue(supervisor_id=None),
    Command.REQUEST_SERVICE: lambda i: i.request_service(JOB, request_id=new_id(), by=new_id()),
    Command.ANSWER: lambda i: i.answer(text="done", by=new_id(), now=NOON),
    Command.REOPEN: lambda i: i.reopen(due_at=NOON),
    Command.CLOSE: lambda i: i.close(by=new_id()),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    issue = Issue(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        source=Source.VISIT,
        source_id=new_id(),
        text="the door sticks",
        responsible_id=new_id(),
        due_at=NOON,
        raised_by=new_id(),
        raised_at=NOON,
        state=state,
    )
    before = dict(vars(issue))

    if command in TRANSITIONS[state]:
        COMMANDS[command](issue)

        assert TRANSITIONS[state][command] == issue.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](issue)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(issue))
