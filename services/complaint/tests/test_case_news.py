"""What the customer of a case is told, and nothing else: CP-24, E-14, E-17, E-18, PT-21, PT-26."""

import json

import pytest

from complaint.domain.events.case_contacts import News
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.handling_records import HandlingStage, ProcessStep
from complaint.domain.intake import Channel
from complaint.domain.satisfaction import Method
from complaint.use_cases import feedback, handling, records, requests

from .problem_desk import following

NEWS = "complaint.case_news_arose.v1"
INTERNAL = ("level", "tier", "penalt", "grade", "person", "reason", "because", "cause", "decision")


OTHER = FeedbackTopic.OTHER
SAID = {"method": Method.TELEPHONE, "content": "a second desk opens in May"}


def arrived(desk):
    return {"arrival": Arrival("shop-01", Channel.EMAIL, desk.now), "matter": "a long queue"}


def at(desk, use_case, case, **given):
    """A step of a case, by whoever answers for it."""
    with desk.open() as tx:
        handler_id = tx.cases.of_event(case.id).handler_id
    name = next(name for name, known in desk.people.items() if known == handler_id)
    return desk.do(use_case, case.id, by=desk.caller(name), **given)


def told(desk):
    """The kinds of news so far, oldest first."""
    return [one["news"] for one in desk.told(NEWS)]


def last(desk):
    return desk.told(NEWS)[-1]


@pytest.mark.rule("CP-24")
def test_a_complaint_that_came_in_is_acknowledged_with_the_time_of_the_first_contact(desk):
    complaint = desk.file()

    (news,) = desk.told(NEWS)
    due = complaint.timed["first_contact"].deadline.due_at.isoformat()
    assert (news["news"], news["number"], news["due_at"]) == ("received", complaint.number, due)
    assert news["handler_id"] == str(complaint.handler_id)
    assert (news["text"], news["steps"], news["reach"]) == (None, [], None)


def test_whom_to_write_to_is_told_before_the_first_news(desk):
    desk.file()
    private = [one for one in desk.types() if one.startswith("complaint.case_")]

    assert private == ["complaint.case_contact_described.v1", NEWS]


@pytest.mark.rule("CP-24")
def test_the_way_ahead_is_told_with_its_steps_and_how_to_reach_the_handler(desk):
    complaint = desk.contact(desk.file())
    steps = [ProcessStep(HandlingStage.INVESTIGATION, 24), ProcessStep(HandlingStage.SOLUTION, 48)]
    desk.do(
        records.explain_process,
        complaint.id,
        by=desk.caller("assistant-north"),
        outline="we look at it",
        steps=steps,
        contact="extension 4711",
    )

    news = last(desk)
    assert (news["news"], news["text"], news["reach"]) == (
        "explained",
        "we look at it",
        "extension 4711",
    )
    assert [(one["step"], one["hours"]) for one in news["steps"]] == [
        ("investigation", 24),
        ("solution", 48),
    ]


@pytest.mark.rule("CP-26")
def test_progress_and_result_are_told_in_the_words_that_the_customer_heard(desk):
    complaint = desk.contact(desk.file())
    desk.tell_progress(complaint)
    assert (last(desk)["news"], last(desk)["text"]) == ("progress", "the workshop has it")
    desk.tell(complaint)
    assert (last(desk)["news"], last(desk)["text"]) == ("result", "it will be repaired")


@pytest.mark.rule("CP-30")
def test_a_complaint_that_goes_up_is_told_each_time_and_at_last_that_it_is_closed(desk):
    complaint = desk.answered(4, level=2)
    assert told(desk) == ["received", "result", "went_up"]
    desk.tell(complaint)
    desk.answer(complaint, 5)
    desk.decide(complaint)
    desk.archive(complaint, "clerk")

    assert told(desk)[3:] == ["result", "went_up", "closed"]


@pytest.mark.rule("CP-63")
def test_a_level_that_is_raised_is_told_and_one_that_is_lowered_is_not(desk):
    desk.follow("hq", "oversight", "franchise", "generic")
    complaint = desk.file()
    by = desk.caller("assistant-north")
    desk.do(handling.raise_level, complaint.id, by=by, level=2, reason="grave")
    assert told(desk) == ["received", "went_up"]
    desk.lower(complaint, 1)

    assert told(desk) == ["received", "went_up"]


@pytest.mark.rule("CP-49")
def test_a_complaint_that_is_taken_up_again_is_told_again(desk):
    desk.follow("hq", "oversight", "franchise", "generic")
    complaint = desk.archive(desk.review(desk.answered(1), "supervisor"), "clerk")
    desk.reopen(complaint)
    desk.tell(complaint)

    assert told(desk) == ["received", "result", "closed", "reopened", "result"]


@pytest.mark.rule("PT-26")
def test_what_the_staff_does_among_itself_is_not_told(desk):
    complaint = desk.file_at_level(2)
    desk.contact(complaint)
    before = told(desk)
    desk.take_over(complaint, "manager")
    desk.record(complaint, "responsibility", department="admin-centre")
    desk.involve(complaint)
    desk.hear(complaint)

    assert told(desk) == before


@pytest.mark.rule("PT-26")
def test_no_news_names_what_stays_inside(desk):
    complaint = desk.answered(4, level=3)
    desk.penalise(complaint, "satisfaction_not_asked")
    desk.decide(complaint)
    desk.archive(complaint, "clerk")

    for news in desk.told(NEWS):
        assert set(news) == {
            *("kind", "case_id", "org_unit", "number", "news", "handler_id"),
            *("text", "steps", "reach", "due_at"),
        }
        assert not [word for word in INTERNAL if word in json.dumps(news).lower()]
    assert {one["text"] for one in desk.told(NEWS)} == {None, "it will be repaired"}


@pytest.mark.rule("PT-26")
def test_a_problem_is_told_as_received_under_way_solved_and_closed(desk, rulebook):
    tickets = following(desk, rulebook)
    problem = tickets.submit()
    for step in (tickets.register, tickets.verify, tickets.find, tickets.plan, tickets.tell):
        step(problem)
    for step in (tickets.log, tickets.track, tickets.call_back, tickets.close):
        step(problem)

    assert told(desk) == ["received", "progress", "solved", "closed"]
    assert {one["text"] for one in desk.told(NEWS)} == {None, "the workshop has it"}


@pytest.mark.rule("PT-21")
def test_feedback_is_answered_with_its_result(desk):
    desk.follow("hq", "service", "franchise", "generic")
    given = desk.do(feedback.record, by=desk.caller("clerk"), topic=OTHER, **arrived(desk))
    at(desk, feedback.analyse, given, analysis="two posts are vacant")
    at(desk, feedback.answer, given, **SAID)

    assert told(desk) == ["received", "result"]
    assert [one["text"] for one in desk.told(NEWS)] == [None, "a second desk opens in May"]


@pytest.mark.rule("PT-26")
def test_a_request_is_told_as_received_and_with_what_was_done(desk):
    desk.follow("hq", "service", "franchise", "generic")
    request = desk.do(requests.file, by=desk.caller("clerk"), **arrived(desk))
    at(desk, requests.start, request)
    at(desk, requests.finish, request, result="done by the apprentice")
    at(desk, requests.tell_result, request, **SAID)

    assert [(one["news"], one["text"]) for one in desk.told(NEWS)] == [
        ("received", None),
        ("result", "a second desk opens in May"),
    ]


def test_every_kind_of_news_arises_somewhere():
    assert {one.value for one in News} == {
        *("received", "explained", "progress", "went_up", "solved", "result", "closed", "reopened"),
    }
