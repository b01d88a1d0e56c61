"""Every command in every state: what the table allows happens, all else changes nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from complaint.domain import closed_loop, departments, emergency_mechanism, records
from complaint.domain.action_plans import ActionPlan
from complaint.domain.awaited import AWAITED
from complaint.domain.chain import Meeting, Step, Team
from complaint.domain.emergencies import Cause, Emergency
from complaint.domain.field_work import Assignment
from complaint.domain.filing import Filing
from complaint.domain.form import Told
from complaint.domain.handling_records import (
    HandlingRecord,
    HandlingStage,
    ProcessExplanation,
    ProcessStep,
)
from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.levels import Suggestion
from complaint.domain.pauses import Pause, PauseReason, PauseRule
from complaint.domain.progress import Message, ProgressContact
from complaint.domain.satisfaction import Answer, Method
from complaint.domain.staff import Caller, Role
from complaint.domain.states import BY_EVENT, ENDS, TRANSITIONS, Command, State, offered
from complaint.domain.sub_tasks import Dues, SubTask, SubTaskState, SubTaskStep
from shared.ids import new_id
from shared.rules import Because, Ruling, WrongState
from shared.testing import CALENDAR
from shared.working_time import Calendar

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BECAUSE = Because(pack="franchise", version="1", clause="001-P4 L164", rule="CP-18")
HANDLER, REVIEWER, CLERK = new_id(), new_id(), new_id()
TEAM = Team(level=1, tier=1, handler_id=HANDLER, person_ids=(HANDLER,), because=BECAUSE)
HERE, ABOVE = replace(TEAM, level=2, tier=2), replace(TEAM, level=3, tier=3)
ANSWER = Answer("p4-five-1-best", 2, 75, True, BECAUSE, HANDLER, NOW, Method.SMS, "SMS 4711")
TOLD = Told("repaired", HANDLER, NOW)
SUPERVISOR = Role.GENERAL_SERVICE_SUPERVISOR
STEP = Ruling(Step(1, 1, (), (SUPERVISOR,), (Role.FRANCHISE_CLERK,)), BECAUSE)
MEETING = Ruling(Meeting(3, (Role.GM_MEETING_SECRETARY,), (Role.GENERAL_MANAGER,)), BECAUSE)
WORK = Assignment("shop-01", "look at it", "today", NOW + timedelta(days=1))
PAUSE = Ruling(PauseRule(PauseReason.WAITING_FOR_CUSTOMER, 7), BECAUSE)
CALENDAR_OF_ALL = Calendar.from_data(CALENDAR)

RECORD = HandlingRecord(
    id=new_id(), case_id=new_id(), step=HandlingStage.CAUSE, by=HANDLER, at=NOW, content="a thread"
)
EXPLANATION = ProcessExplanation(
    id=new_id(),
    case_id=new_id(),
    by=HANDLER,
    at=NOW,
    outline="we look",
    steps=(ProcessStep(HandlingStage.CAUSE, 24),),
    contact="4711",
)
COMMANDS = {
    Command.AMEND_FORM: lambda c: c.amend_form({"cause": "a thread broke"}),
    Command.RAISE_LEVEL: lambda c: c.raise_level(
        team=ABOVE, reason="grave", form_id=new_id(), now=NOW
    ),
    Command.LOWER_LEVEL: lambda c: c.lower_level(REVIEWER, team=TEAM),
    Command.MAKE_FIRST_CONTACT: lambda c: c.make_first_contact(
        HANDLER, learnt={"reason": "a seam"}, now=NOW
    ),
    Command.REQUEST_FIELD_WORK: lambda c: c.request_field_work(
        HANDLER, request_id=new_id(), assignment=WORK, now=NOW
    ),
    Command.TELL_PROGRESS: lambda c: c.tell_progress(
        ProgressContact(id=new_id(), by=HANDLER, at=NOW, method=Method.SMS, content="soon")
    ),
    Command.RECEIVE_MESSAGE: lambda c: c.receive_message(
        Message(id=new_id(), channel=Channel.SMS, received_at=NOW, content="well?", noted_at=NOW)
    ),
    Command.TAKE_OVER: lambda c: c.take_over(HANDLER, now=NOW),
    Command.RECORD_STEP: lambda c: records.write(c, RECORD),
    Command.EXPLAIN_PROCESS: lambda c: records.explain_process(c, EXPLANATION),
    Command.OPEN_SUB_TASK: lambda c: departments.involve(c, task_of(SubTaskState.OPEN)),
    Command.ADVANCE_SUB_TASK: lambda c: departments.advance(
        c, c.sub_tasks[0], SubTaskStep.RETURN, HANDLER, now=NOW, said="not enough"
    ),
    Command.HOLD: lambda c: c.hold(
        HANDLER,
        pause_id=new_id(),
        note="asked for a photo",
        until=NOW + timedelta(days=1),
        rule=PAUSE,
        calendar=CALENDAR_OF_ALL,
        now=NOW,
    ),
    Command.RESUME: lambda c: c.resume(calendar=CALENDAR_OF_ALL, now=NOW),
    Command.MAKE_PLAN: lambda c: closed_loop.make_plan(
        c,
        ActionPlan("send it", CLERK, NOW + timedelta(days=2), HANDLER, NOW, BECAUSE),
        now=NOW,
    ),
    Command.START_EMERGENCY: lambda c: emergency_mechanism.start(
        c, emergency(), told_ids=(CLERK,), because=BECAUSE
    ),
    Command.END_EMERGENCY: lambda c: emergency_mechanism.end(
        c, CLERK, outcome="replaced at once", told_ids=(CLERK,), because=BECAUSE, now=NOW
    ),
    Command.TELL_RESULT: lambda c: c.tell_result(TOLD),
    Command.ACCEPT_RESULT: lambda c: c.accept_result(ANSWER),
    Command.ESCALATE: lambda c: c.escalate(
        ANSWER, because=BECAUSE, team=ABOVE, form_id=new_id(), now=NOW
    ),
    Command.SUBMIT_TO_MEETING: lambda c: c.submit_to_meeting(
        ANSWER, secretary_ids=(CLERK,), because=BECAUSE
    ),
    Command.REVIEW: lambda c: c.review(
        Caller(REVIEWER, frozenset({SUPERVISOR}), "hq"), opinion="well", step=STEP, now=NOW
    ),
    Command.RECORD_DECISION: lambda c: c.record_decision(
        Caller(CLERK, frozenset({Role.GENERAL_MANAGER}), "hq"),
        text="pay",
        meeting=MEETING,
        now=NOW,
    ),
    Command.ARCHIVE: lambda c: c.archive(
        Caller(CLERK, frozenset({Role.FRANCHISE_CLERK}), "hq"), step=STEP, now=NOW
    ),
    Command.REOPEN_CLOSED: lambda c: c.reopen_closed(
        REVIEWER, team=HERE, because=BECAUSE, form_id=new_id(), now=NOW
    ),
    Command.REPLACE_TEAM: lambda c: c.replace_team(replace(TEAM, person_ids=(HANDLER, CLERK))),
}


def complaint_in(state):
    filing = Filing(
        id=new_id(),
        form_id=new_id(),
        number="shop-01-1",
        intake=Intake("shop-01", Complainant.CONSUMER, Channel.SMS, Subject.PRODUCT_QUALITY, NOW),
        details=Details(),
        suggestion=Suggestion(1, ()),
        team=HERE,
        filed_by=CLERK,
        filed_at=NOW,
    )
    complaint = filing.complaint()
    complaint.state = state
    complaint.sub_tasks.append(task_of(SubTaskState.DONE))
    if state not in (State.RECEIVED, State.CONTACTED, State.IN_PROGRESS):
        complaint.form.told, complaint.form.answer = TOLD, ANSWER
    return complaint


def task_of(state):
    return SubTask(
        id=new_id(),
        case_id=new_id(),
        department="logistics",
        content="look at it",
        owner_id=CLERK,
        opened_by=HANDLER,
        opened_at=NOW,
        dues=Dues(due_at=NOW + timedelta(days=1), warn_at=None, report_due_at=None),
        because=BECAUSE,
        state=state,
    )


def emergency():
    return Emergency(
        id=new_id(), cause=Cause.STARTED, reason="a line stands", started_by=CLERK, started_at=NOW
    )


def pause_of(complaint):
    return Pause(
        id=new_id(),
        reason=PauseReason.WAITING_FOR_CUSTOMER,
        note="asked for a photo",
        by=HANDLER,
        stage=complaint.stage,
        began_at=NOW,
        until=NOW + timedelta(days=1),
    )


def snapshot(complaint):
    outer = {name: value for name, value in vars(complaint).items() if name[0] != "_"}
    inner = [
        {name: value for name, value in vars(form).items() if name[0] != "_"}
        for form in complaint.forms
    ]
    return repr(outer), inner, len(complaint.field_works), set(complaint.assigned_ids)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    complaint = complaint_in(state)
    if command is Command.RESUME:
        complaint.pauses.append(pause_of(complaint))
    if command is Command.END_EMERGENCY:
        complaint.emergencies.append(emergency())
    before, version = snapshot(complaint), complaint.version

    if command in TRANSITIONS[state]:
        COMMANDS[command](complaint)

        assert complaint.state == TRANSITIONS[state][command]
        assert complaint.version == version + 1
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](complaint)

        assert refused.value.code == "wrong_state"
        assert refused.value.extra["allowed"] == [one.value for one in offered(state)]
        assert snapshot(complaint) == before


def call_back(complaint, *, satisfied):
    complaint.finish_field_work(new_id(), satisfied=satisfied, form_id=new_id(), now=NOW)


@pytest.mark.parametrize("state", State)
def test_a_good_call_back_is_written_down_in_every_state_and_changes_none(state):
    complaint = complaint_in(state)

    call_back(complaint, satisfied=True)

    assert (complaint.state, complaint.version, len(complaint.forms)) == (state, 2, 1)


@pytest.mark.parametrize("state", State)
def test_a_bad_call_back_reopens_what_was_told_and_not_reviewed(state):
    complaint = complaint_in(state)

    call_back(complaint, satisfied=False)

    reopened = state in (State.RESULT_TOLD, State.AWAITING_REVIEW)
    assert complaint.state == (State.IN_PROGRESS if reopened else state)
    assert complaint.state == TRANSITIONS[state].get(Command.REOPEN, state)
    assert len(complaint.forms) == (2 if reopened else 1)


def test_every_command_is_walked():
    assert set(COMMANDS) == set(Command) - {Command.REOPEN}


def test_what_only_events_do_is_offered_to_nobody():
    assert not {command for state in State for command in offered(state)} & BY_EVENT


def test_every_state_can_be_reached_and_nothing_is_awaited_in_an_end_alone():
    reached = {State.RECEIVED}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert reached == set(State)
    awaited = set().union(*AWAITED.values())
    assert set(State) - awaited == ENDS


# The flow chart that 001-P4 names and does not hold, as section 22 of the rules proposes it.
CHART = [
    (State.RECEIVED, Command.MAKE_FIRST_CONTACT, State.CONTACTED),
    (State.CONTACTED, Command.REQUEST_FIELD_WORK, State.IN_PROGRESS),
    (State.CONTACTED, Command.TELL_RESULT, State.RESULT_TOLD),
    (State.IN_PROGRESS, Command.TELL_RESULT, State.RESULT_TOLD),
    (State.RESULT_TOLD, Command.ACCEPT_RESULT, State.AWAITING_REVIEW),
    (State.AWAITING_REVIEW, Command.REVIEW, State.REVIEWED),
    (State.REVIEWED, Command.ARCHIVE, State.ARCHIVED),
    (State.RESULT_TOLD, Command.ESCALATE, State.IN_PROGRESS),
    (State.RESULT_TOLD, Command.SUBMIT_TO_MEETING, State.GM_MEETING),
    (State.GM_MEETING, Command.RECORD_DECISION, State.DECIDED),
    (State.DECIDED, Command.ARCHIVE, State.ARCHIVED),
]


@pytest.mark.rule("CP-39")
def test_a_complaint_goes_the_way_of_the_flow_chart_and_no_shorter_one():
    upward = {State.ARCHIVED, State.GM_MEETING, State.DECIDED, State.REVIEWED}
    ends = {(a, c, b) for a, row in TRANSITIONS.items() for c, b in row.items() if b in upward}

    assert [TRANSITIONS[before][command] for before, command, _ in CHART] == [
        after for *_, after in CHART
    ]
    assert {step for step in ends if step[0] is not step[2]} <= set(CHART)
