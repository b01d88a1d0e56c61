"""Every command in every state of a problem: what the table allows happens, all else nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from complaint.domain.field_work import Assignment
from complaint.domain.flow_cases import Arrival
from complaint.domain.flows import Duty
from complaint.domain.intake import Channel
from complaint.domain.levels import Suggestion
from complaint.domain.problem_flow import FLOW, TRANSITIONS, ProblemCommand, ProblemState
from complaint.domain.problems import (
    HandlingStep,
    Plan,
    Problem,
    ProblemSource,
    ProblemType,
    Remedy,
    RemedyRule,
    ReturnVisit,
)
from complaint.domain.progress import ProgressContact
from complaint.domain.satisfaction import Method
from shared.ids import new_id
from shared.rules import Because, Ruling, WrongState

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BECAUSE = Because(pack="problem", version="1", clause="001-P3 L80", rule="PT-01")
HANDLER, OTHER = new_id(), new_id()
RULE = Ruling(RemedyRule(frozenset({Remedy.REPAIR})), BECAUSE)
WORK = Assignment("shop-01", "sew it", "the same thread", NOW + timedelta(days=1))
PLAN = Plan(Remedy.REPAIR, "sew it", "easy", HANDLER, NOW + timedelta(days=1))


def visit(*, satisfied):
    return ReturnVisit(
        id=new_id(), by=HANDLER, at=NOW, method=Method.SMS, satisfied=satisfied, evidence="SMS 1"
    )


COMMANDS = {
    ProblemCommand.REGISTER: lambda p: p.register(HANDLER, now=NOW),
    ProblemCommand.VERIFY: lambda p: p.verify(["workshop"], [OTHER], now=NOW),
    ProblemCommand.RECORD_FINDINGS: lambda p: p.record_findings("a thread broke", now=NOW),
    ProblemCommand.PLAN: lambda p: p.make_plan(PLAN, rule=RULE, now=NOW),
    ProblemCommand.LOG_STEP: lambda p: p.log_step(
        HandlingStep(id=new_id(), by=HANDLER, at=NOW, content="sewn")
    ),
    ProblemCommand.TRACK: lambda p: p.track("as new", now=NOW),
    ProblemCommand.CONFIRM: lambda p: p.call_back(visit(satisfied=True)),
    ProblemCommand.REOPEN: lambda p: p.call_back(visit(satisfied=False)),
    ProblemCommand.CLOSE: lambda p: p.close(now=NOW),
    ProblemCommand.TELL_PROGRESS: lambda p: p.tell_progress(
        ProgressContact(id=new_id(), by=HANDLER, at=NOW, method=Method.SMS, content="soon")
    ),
    ProblemCommand.CALL_IN: lambda p: p.call_in(Duty.SUPPORT, OTHER, because=BECAUSE, now=NOW),
    ProblemCommand.CONVERT: lambda p: p.convert(HANDLER, to_kind="complaint", to_id=OTHER, now=NOW),
    ProblemCommand.REQUEST_FIELD_WORK: lambda p: p.request_field_work(
        HANDLER, request_id=new_id(), assignment=WORK, now=NOW
    ),
    ProblemCommand.RELIEVE: lambda p: p.relieve({HANDLER}, Ruling(OTHER, BECAUSE), now=NOW),
}


def problem_in(state):
    return Problem(
        id=new_id(),
        number="shop-01-problem-1",
        arrival=Arrival("shop-01", Channel.SMS, NOW),
        matter="the seam is open",
        type=ProblemType.QUALITY,
        source=ProblemSource.PRODUCT_QUALITY,
        found_by_customer=False,
        suggestion=Suggestion(1, ()),
        level=1,
        handler_id=HANDLER,
        assigned_ids=frozenset({HANDLER}),
        filed_by=HANDLER,
        filed_at=NOW,
        findings="a thread broke",
        state=state,
    )


@pytest.mark.parametrize("state", ProblemState)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    problem = problem_in(state)
    before = repr(vars(problem))

    if command in TRANSITIONS[state]:
        COMMANDS[command](problem)

        assert problem.state == TRANSITIONS[state][command]
        assert problem.version == 2
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](problem)

        assert refused.value.extra["allowed"] == [one.value for one in problem.allowed]
        assert repr(vars(problem)) == before


def test_every_command_is_walked_and_only_events_relieve():
    assert set(COMMANDS) == set(ProblemCommand)
    assert all(ProblemCommand.RELIEVE not in problem_in(s).allowed for s in ProblemState)


@pytest.mark.rule("PT-05")
def test_the_seven_steps_follow_each_other_and_none_is_skipped():
    ahead = {
        state: {
            to
            for command, to in commands.items()
            if to is not state and command is not ProblemCommand.CONVERT
        }
        for state, commands in TRANSITIONS.items()
    }

    assert ahead == {
        ProblemState.SUBMITTED: {ProblemState.REGISTERED},
        ProblemState.REGISTERED: {ProblemState.VERIFYING},
        ProblemState.VERIFYING: {ProblemState.PLANNED},
        ProblemState.PLANNED: {ProblemState.SOLVING},
        ProblemState.SOLVING: {ProblemState.TRACKED},
        ProblemState.TRACKED: {ProblemState.CALLED_BACK, ProblemState.SOLVING},
        ProblemState.CALLED_BACK: {ProblemState.CLOSED},
        ProblemState.CLOSED: set(),
        ProblemState.CONVERTED: set(),
    }


def test_every_state_but_the_ends_has_a_stage_and_a_clock():
    for state in set(ProblemState) - {ProblemState.CLOSED, ProblemState.CONVERTED}:
        assert state in FLOW.stages
        assert any(state in FLOW.awaited[name] for name in FLOW.lasting)
