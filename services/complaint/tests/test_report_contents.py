"""What a weekly report says besides how many complaints there were (F-14)."""

from datetime import timedelta

import pytest

from complaint.adapters.counts import complaints as counted
from complaint.domain.causes import CauseUnknown
from complaint.domain.counts import Counts, Outcome, Wait
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.figures import figures
from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel, Details
from complaint.domain.problems import ProblemSource
from complaint.use_cases import feedback, handling, requests
from shared.penalty_ledger import post_month, waive
from shared.policy import activate

from .conftest import CONSUMER
from .problem_desk import following
from .test_weekly_reports import PATH, make, worked

ONE_OPEN = {"received": 1, "closed": 0, "open": 1}
EMPTY = Counts(
    cells=[],
    clocks=[],
    answers=[],
    outcome=Outcome(0, 0),
    solved=[],
    happened={},
    repeats=0,
    recurrences=[],
    flows={},
    times=[],
    waits=[],
    penalties=[],
)


@pytest.fixture
def problem_desk(desk, rulebook):
    return following(desk, rulebook)


@pytest.fixture
def service_desk(desk, rulebook):
    with desk.open() as tx:
        activate(tx, "hq", ("service", "franchise", "generic"), desk.now.date(), rulebook=rulebook)
    return desk


def details(cause_code):
    return Details(respondent_department="logistics", cause_code=cause_code)


@pytest.mark.rule("PT-18", "RP-13")
def test_problems_are_counted_by_type_source_and_priority(problem_desk):
    problem_desk.submit(source=ProblemSource.LOGISTICS)
    done = problem_desk.solved()
    problem_desk.call_back(done)
    problem_desk.close(done)

    told = make(problem_desk.desk).figures["flows"]["problem"]

    assert {name: told[name] for name in ONE_OPEN} == {"received": 2, "closed": 1, "open": 1}
    assert told["by"]["source"] == {
        "logistics": ONE_OPEN,
        "product_quality": {"received": 1, "closed": 1, "open": 0},
    }
    assert told["by"]["type"] == {"quality": {"received": 2, "closed": 1, "open": 1}}
    assert set(told["by"]) == {"type", "source", "level", "channel"}


@pytest.mark.rule("RP-01")
def test_requests_and_feedback_are_counted_by_kind(service_desk):
    desk = service_desk
    arrival, by = Arrival("shop-01", Channel.HOTLINE, desk.now), desk.caller("clerk")
    desk.do(requests.file, by=by, arrival=arrival, matter="where is the manual")
    topic = FeedbackTopic.SERVICE_ATTITUDE
    desk.do(feedback.record, by=by, arrival=arrival, topic=topic, matter="friendly people")

    flows = make(desk).figures["flows"]

    assert flows["request"]["by"]["channel"] == {"hotline": ONE_OPEN}
    assert flows["feedback"]["by"]["topic"] == {"service_attitude": ONE_OPEN}
    assert flows["problem"] == {
        "received": 0,
        "closed": 0,
        "open": 0,
        "by": {"type": {}, "source": {}, "level": {}, "channel": {}},
    }


@pytest.mark.rule("PT-24")
def test_the_time_to_solve_is_measured_from_the_receipt(problem_desk):
    desk = problem_desk.desk
    problem = problem_desk.submit()
    desk.now += timedelta(hours=2)
    for step in ("register", "verify", "find", "plan", "log", "track"):
        getattr(problem_desk, step)(problem)

    times = make(desk).figures["times"]

    hours = {"cases": 1, "mean": 2.0, "median": 2.0, "p90": 2.0, "longest": 2.0}
    assert times == {"problem": hours}


@pytest.mark.rule("PT-24")
def test_nine_of_ten_do_not_exceed_the_90th_percentile():
    took = [Wait("problem", "", timedelta(hours=hours)) for hours in range(20, 0, -1)]

    told = figures(Counts(**{**vars(EMPTY), "times": iter(took)}))["times"]["problem"]

    assert (told["median"], told["p90"], told["longest"]) == (10.5, 18.0, 20.0)


@pytest.mark.rule("PT-28")
def test_a_report_says_in_which_stage_complaints_wait_the_longest(desk):
    complaint = desk.file()
    desk.now += timedelta(hours=1)
    desk.contact(complaint)
    desk.now += timedelta(hours=3)
    desk.tell(complaint)

    waits = make(desk).figures["waits"]["complaint"]

    assert {stage: one["mean"] for stage, one in waits["stages"].items()} == {
        "first_contact": 1.0,
        "result": 3.0,
    }
    assert waits["bottleneck"] == "result"


@pytest.mark.rule("PT-28")
def test_a_report_says_in_which_stage_problems_wait_the_longest(problem_desk):
    desk = problem_desk.desk
    problem = problem_desk.submit()
    desk.now += timedelta(hours=2)
    problem_desk.register(problem)
    desk.now += timedelta(hours=1)
    problem_desk.verify(problem)
    problem_desk.find(problem)
    problem_desk.plan(problem)

    waits = make(desk).figures["waits"]["problem"]

    assert waits["bottleneck"] == "reception"
    assert waits["stages"]["reception"]["longest"] == 2.0


@pytest.mark.rule("RP-15", "ST-30")
def test_penalties_are_counted_by_what_they_are_for_and_persons_are_not_named(desk):
    complaint = desk.file()
    first = desk.penalise(complaint, "authority_or_guide_ignored")
    second = desk.penalise(complaint, "answer_filled_in_by_handler")
    desk.confirm(first, "62.50")
    waived = {"by": desk.caller("manager"), "reason": "he was ill"}
    desk.do(waive, second.id, **waived)
    desk.do(post_month, "2026-02", by=desk.caller("clerk"))

    told = make(desk).figures["penalties"]

    assert told == {
        "answer_filled_in_by_handler": {"amount": "0", "proposed": 1, "waived": 1},
        "authority_or_guide_ignored": {
            "amount": "62.50",
            "confirmed": 1,
            "posted": 1,
            "proposed": 1,
        },
    }


@pytest.mark.rule("RP-13")
def test_complaints_are_counted_by_the_cause_that_has_a_code(desk):
    desk.file(details=details("staff_conduct"))
    desk.file(details=Details(respondent_department="logistics", cause="the seam was weak"))
    desk.file()

    causes = make(desk).figures["by"]["cause"]

    assert causes == {"not_stated": ONE_OPEN, "staff_conduct": ONE_OPEN, "stated": ONE_OPEN}


@pytest.mark.rule("RP-13")
def test_a_cause_that_no_pack_names_is_refused_and_nothing_changes(desk, as_):
    with pytest.raises(CauseUnknown) as refused:
        desk.file(details=details("the_moon"))
    assert refused.value.because.clause == "000 S45"
    filed = desk.file()
    learnt = {"reason": "a", "course": "b", "cause_code": "the_moon"}
    with pytest.raises(CauseUnknown):
        desk.do(
            handling.make_first_contact,
            filed.id,
            by=desk.caller("assistant-north"),
            learnt=learnt,
        )

    path = f"/v1/complaints/{filed.id}"
    seen = as_("manager").get(path)
    match = {"If-Match": seen.headers["ETag"]}
    answer = as_("manager").patch(path, {"cause_code": "the_moon"}, headers=match)
    assert (answer.status_code, answer.json["code"]) == (422, "cause_unknown")
    assert "product_defect" in answer.json["causes"]
    done = as_("manager").patch(path, {"cause_code": "product_defect"}, headers=match)
    assert done.json["forms"][0]["details"]["cause_code"] == "product_defect"


def test_a_cause_may_be_told_as_a_complaint_comes_in(as_):
    body = {**CONSUMER, "details": {**CONSUMER["details"], "cause_code": "promise_not_kept"}}

    filed = as_("assistant-north").post("/v1/complaints", body)

    assert filed.json["forms"][0]["details"]["cause_code"] == "promise_not_kept", filed.json


def test_notable_complaints_are_named_with_their_reasons_the_gravest_first(desk):
    _, escalated, _ = worked(desk)
    reported = desk.file(reported_to_12315=True, repeat_of=escalated.id)

    notable = make(desk).notable

    assert [(one["number"], one["reasons"]) for one in notable] == [
        (reported.number, ["reported_to_12315", "repeat"]),
        (escalated.number, ["escalated"]),
    ]
    assert set(notable[0]) == {"complaint_id", "number", "level", "handler_id", "reasons"}


def test_a_breach_makes_a_complaint_notable_where_its_rule_is_a_hard_one(desk):
    complaint = desk.file()
    desk.wake()
    desk.wake()

    (one,) = make(desk).notable

    assert (one["number"], one["reasons"]) == (complaint.number, ["hard_breach"])


def test_a_complaint_that_was_taken_up_again_is_open_and_counts_once(desk):
    desk.follow("hq", "oversight", "franchise", "generic")
    closed, _, _ = worked(desk)
    desk.reopen(closed)

    report = make(desk)

    totals = {name: report.figures["totals"][name] for name in ONE_OPEN}
    assert totals == {"received": 3, "closed": 0, "open": 3}
    assert closed.number in {one["number"] for one in report.open_list}


def test_the_open_list_is_cut_and_says_how_many_are_left_out(as_, desk, clock, monkeypatch):
    monkeypatch.setattr(counted, "LISTED", 2)
    for _ in range(3):
        desk.file()
    clock.at = desk.now + timedelta(minutes=1)

    made = as_("clerk").post(PATH, {"week": "2026-W07"}).json

    assert (len(made["open_list"]), made["open_not_listed"]) == (2, 1)
