"""Every command in every state: what the table allows happens, all else changes nothing."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.admission import Admission, EntryFlow, StepTaken
from customer.domain.admission_conditions import AdmissionCondition, Assessment, Demand, Verdict
from customer.domain.admission_states import LIVE, TRANSITIONS, Command, State
from shared.ids import new_id
from shared.rules import Because, Ruling, WrongState

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L470", rule="AD-02")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FLOW = EntryFlow(steps=("survey", "check"))


def demand(lacking=False):
    condition = AdmissionCondition("liability", "Liability", evidence=("licence",))
    return Demand(Ruling(condition, BECAUSE), "", {} if lacking else {"licence": None})


def found(verdict):
    return Assessment("liability", "", verdict, new_id(), TODAY)


def step(name):
    return StepTaken(name, "fine", new_id(), TODAY)


def decided(admission, verdict, *, lacking=False):
    admission.assessments = (found(verdict),)
    admission.decide([demand(lacking)], by=new_id(), now=NOW, because=BECAUSE)


def last_step(admission):
    admission.steps = (step("survey"),)
    admission.take_step(step("check"), flow=FLOW)


def expired(admission):
    admission.assessments = (found(Verdict.MET),)
    admission.recheck([demand(lacking=True)])


COMMANDS = {
    Command.TAKE_STEP: lambda a: a.take_step(step("survey"), flow=FLOW),
    Command.TAKE_LAST_STEP: last_step,
    Command.ASSESS: lambda a: a.assess([found(Verdict.MET)], demands=[demand()]),
    Command.ADMIT: lambda a: decided(a, Verdict.MET),
    Command.RETURN: lambda a: decided(a, Verdict.MET, lacking=True),
    Command.REJECT: lambda a: decided(a, Verdict.NOT_MET),
    Command.EXPIRE: expired,
    Command.EXIT: lambda a: a.end(),
}


def admission_in(state):
    return Admission(
        id=new_id(),
        customer_id=new_id(),
        unit="shop-01",
        products=(),
        opened_at=NOW,
        opened_by=new_id(),
        state=state,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    admission = admission_in(state)

    if command in TRANSITIONS[state]:
        COMMANDS[command](admission)

        assert TRANSITIONS[state][command] == admission.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](admission)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert (state, None, ()) == (admission.state, admission.decided_at, admission.missing)


def test_every_state_can_be_reached_and_only_ended_admissions_take_no_command():
    reached = {State.PROSPECT}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(State) == reached
    assert set(State) - set(LIVE) == {State.REJECTED, State.EXITED}
