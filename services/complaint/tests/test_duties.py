"""What regulations ask of every complaint, whichever way it goes: it is somebody's, it is recorded
and reported, and it ends with a content complainant (CP-04, CP-38, CP-50..CP-52)."""

from datetime import datetime, timedelta

import pytest

from complaint.domain.handling_records import StepsMissing
from complaint.domain.intake import Subject
from complaint.domain.iso_weeks import IsoWeek
from complaint.domain.staff import TierEmpty
from complaint.domain.states import ENDS, TRANSITIONS, Command, State
from complaint.use_cases import staff
from complaint.use_cases.weekly_reports import make_report
from shared.rules import WrongState

# What ends a complaint: the complainant is content, or the meeting above the highest level decided.
ENDINGS = frozenset({Command.ACCEPT_RESULT, Command.RECORD_DECISION})


def ways_without(commands):
    """Every state that a new complaint can come to without one of ``commands``."""
    reached, ahead = set(), [State.RECEIVED]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += [to for by, to in TRANSITIONS[state].items() if by not in commands]
    return reached


def leave(desk, *names):
    for name in names:
        gone = {"active": False, "superior_id": None, "posts": []}
        desk.do(staff.keep_person, person_id=desk.people[name], **gone)


@pytest.mark.rule("CP-04")
def test_no_way_leads_to_the_archive_past_the_complainants_content():
    assert not ways_without(ENDINGS) & ENDS
    assert ways_without(ENDINGS - {Command.ACCEPT_RESULT}) >= ENDS


@pytest.mark.rule("CP-04")
@pytest.mark.parametrize("code", [4, 5])
def test_a_complaint_whose_complainant_is_not_content_stays_open_and_timed(desk, code):
    complaint = desk.answered(code)

    with pytest.raises(WrongState):
        desk.archive(complaint, "clerk")

    found = desk.read(complaint)
    assert (found.state, found.level) == (State.IN_PROGRESS, 2)
    assert found.timed["progress_contact"].is_running
    assert found.next_due_at > desk.now


@pytest.mark.rule("CP-50")
def test_after_the_result_the_complainant_is_asked_in_time_or_it_is_told(desk):
    complaint = desk.tell(desk.contact(desk.file()))
    with pytest.raises(WrongState):
        desk.review(complaint, "supervisor")

    desk.wake()
    desk.wake()

    assert [one["clock"] for one in desk.told("complaint.clock_due_soon.v1")] == ["satisfaction"]
    (missed,) = desk.told("complaint.clock_breached.v1")
    assert missed["owner_ids"] == [str(desk.people["assistant-north"])]
    assert set(missed["supervisor_ids"]) == {
        str(desk.people[name]) for name in ("manager", "supervisor")
    }


@pytest.mark.rule("CP-38")
@pytest.mark.parametrize("about", [Subject.PRODUCT_QUALITY, Subject.SHOP_ATTITUDE])
def test_every_complaint_is_answered_recorded_and_reported(desk, about):
    complaint = desk.file(about=about)

    (filed,) = desk.told("complaint.filed.v1")
    (assigned,) = desk.told("complaint.assigned.v1")
    desk.now += timedelta(minutes=1)
    report = desk.do(make_report, "hq", IsoWeek(2026, 7))

    assert filed["complaint_id"] == assigned["complaint_id"] == str(complaint.id)
    assert desk.clock(complaint).is_running
    assert report.figures["totals"]["received"] == 1
    assert report.figures["by"]["about"] == {about.value: {"received": 1, "closed": 0, "open": 1}}


@pytest.mark.rule("CP-51")
def test_every_complaint_is_somebodys_also_after_he_left(desk):
    complaint = desk.contact(desk.file())

    leave(desk, "assistant-north")

    found = desk.read(complaint)
    assert found.handler_id == desk.people["assistant-south"]
    assert desk.told("complaint.assigned.v1")[-1]["reason"] == "handler_left"
    assert desk.tell(found).state == State.RESULT_TOLD


@pytest.mark.rule("CP-51")
def test_where_nobody_owns_the_handling_no_complaint_is_taken_in(desk):
    leave(desk, "assistant-north", "assistant-south", "reception")

    with pytest.raises(TierEmpty):
        desk.file(by="clerk")

    assert desk.types() == []


@pytest.mark.rule("CP-52")
def test_a_complaint_is_answered_quickly_and_its_cause_found_and_recorded(desk):
    desk.follow("hq", "generic", "franchise")
    complaint = desk.file()
    assert desk.clock(complaint).deadline.due_at == datetime.fromisoformat("2026-02-14T18:00+08:00")
    desk.contact(complaint)
    desk.record(complaint, "investigation")
    desk.record(complaint, "solution")

    with pytest.raises(StepsMissing) as refused:
        desk.tell(complaint)

    assert refused.value.extra == {"missing": ["cause"]}
    desk.record(complaint, "cause")
    assert desk.tell(complaint).state == State.RESULT_TOLD
    assert len(desk.read(complaint).records) == 3
