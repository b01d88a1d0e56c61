"""The cases of each period are analysed, with measures against their return: CP-05."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaint.domain.case_analyses import (
    ANALYSIS_STATES,
    AnalysisCommand,
    AnalysisRule,
    AnalysisState,
    CaseAnalysis,
)
from complaint.domain.department_work import NotOfTheDepartment
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel
from complaint.use_cases import case_analyses, feedback
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="generic", version="1", clause="000 S45", rule="CP-05")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN, WAKE = case_analyses.OPEN, case_analyses.WAKE


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def awaited(desk):
    """The company awaits the end of the quarter."""
    desk.do(case_analyses.await_below, "hq")
    return desk


def found(desk):
    with desk.open() as tx:
        return list(tx.session.scalars(tx.case_analyses.listed(unit="hq")))


@pytest.mark.rule("CP-05")
def test_the_company_analyses_the_cases_of_each_quarter(awaited):
    assert awaited.timers()[OPEN] == at("2026-04-01T00:00")
    awaited.wake(OPEN)

    (analysis,) = found(awaited)
    assert (analysis.org_unit, analysis.owner_id) == ("hq", awaited.people["manager"])
    assert (analysis.from_on, analysis.until_on) == (date(2026, 1, 1), date(2026, 4, 1))
    assert analysis.due_at == at("2026-04-16T18:00")
    assert (analysis.because.rule, analysis.because.clause) == ("CP-05", "000 S45")
    (told,) = awaited.told("complaint.case_analysis_due.v1")
    assert (told["from_on"], told["until_on"]) == ("2026-01-01", "2026-04-01")
    assert awaited.timers()[OPEN] == at("2026-07-01T00:00")


def test_the_same_period_is_opened_once(awaited):
    awaited.wake(OPEN)
    awaited.do(case_analyses.open_due, "hq", at("2026-04-01T00:00"))

    assert len(found(awaited)) == 1


@pytest.mark.rule("CP-05")
def test_findings_and_measures_end_it(awaited):
    awaited.wake(OPEN)
    (analysis,) = found(awaited)
    said = {"findings": "seams open", "measures": "another thread"}
    with pytest.raises(NotOfTheDepartment):
        awaited.do(case_analyses.finish, analysis.id, by=awaited.caller("clerk"), **said)

    done = awaited.do(case_analyses.finish, analysis.id, by=awaited.caller("manager"), **said)

    assert (done.state, done.said, done.measures) == ("done", "seams open", "another thread")
    assert WAKE not in awaited.timers()


@pytest.mark.rule("PT-21")
def test_what_customers_said_in_the_period_is_sorted_for_it(awaited, as_):
    desk = awaited
    desk.follow("hq", "service", "franchise", "generic")
    for topic in ("other", "product_quality", "other"):
        desk.do(
            feedback.record,
            by=desk.caller("clerk"),
            arrival=Arrival("shop-01", Channel.TELEPHONE, desk.now),
            matter="as the customer said",
            topic=FeedbackTopic(topic),
        )
    desk.file()
    desk.wake(OPEN)
    (analysis,) = found(desk)
    desk.file()  # In the next quarter.

    counted = as_("manager").get(f"/v1/case-analyses/{analysis.id}/cases")

    assert counted.json["cases"] == [
        {"kind": "complaint", "sort": "product_quality", "count": 1},
        {"kind": "feedback", "sort": "other", "count": 2},
        {"kind": "feedback", "sort": "product_quality", "count": 1},
    ]
    elsewhere = as_("manager", unit="shop-01").get(f"/v1/case-analyses/{analysis.id}/cases")
    assert elsewhere.status_code == 404


@pytest.mark.rule("CP-05")
def test_one_that_is_late_is_told_once(awaited):
    awaited.wake(OPEN)
    awaited.wake(WAKE)

    (late,) = awaited.told("complaint.case_analysis_overdue.v1")
    assert late["owner_id"] == str(awaited.people["manager"])
    assert late["supervisor_ids"] == [str(awaited.people["general-manager"])]
    assert WAKE not in awaited.timers()


def test_a_unit_whose_packs_want_none_awaits_none(awaited):
    awaited.do(case_analyses.await_next, "hq", "shop")

    assert OPEN not in awaited.timers()


@pytest.mark.parametrize(
    ("months", "day", "begin", "before", "after"),
    [
        (3, "2026-02-13", "2026-01-01", "2025-10-01", "2026-04-01"),
        (12, "2026-12-31", "2026-01-01", "2025-01-01", "2027-01-01"),
        (1, "2026-12-01", "2026-12-01", "2026-11-01", "2027-01-01"),
        (6, "2026-07-01", "2026-07-01", "2026-01-01", "2027-01-01"),
    ],
)
def test_periods_follow_each_other_without_a_gap(months, day, begin, before, after):
    rule = AnalysisRule(kinds=(), months=months, owners=(), supervisors=(), time=None)
    given = date.fromisoformat(day)

    assert rule.begin(given) == date.fromisoformat(begin)
    assert rule.before(given) == date.fromisoformat(before)
    assert rule.next_at(at(f"{day}T12:00"), SHANGHAI) == at(f"{after}T00:00")


@pytest.mark.parametrize("state", AnalysisState)
@pytest.mark.parametrize("command", AnalysisCommand)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    analysis = CaseAnalysis(
        id=new_id(),
        org_unit="hq",
        department="hq",
        from_on=date(2026, 1, 1),
        until_on=date(2026, 4, 1),
        because=BECAUSE,
        opened_at=at("2026-04-01T00:00"),
        due_at=at("2026-04-15T18:00"),
        state=state,
    )

    def finish():
        analysis.finish(new_id(), findings="f", measures="m", now=at("2026-04-02T10:00"))

    if command in ANALYSIS_STATES[state]:
        finish()
        assert (analysis.state, analysis.version) == (ANALYSIS_STATES[state][command], 2)
    else:
        with pytest.raises(WrongState) as refused:
            finish()
        assert refused.value.extra["allowed"] == []
        assert (analysis.state, analysis.version) == (state, 1)


def test_over_http_whoever_owns_it_writes_it(as_, awaited):
    awaited.wake(OPEN)
    (analysis,) = found(awaited)
    one, manager = f"/v1/case-analyses/{analysis.id}", as_("manager")

    (listed,) = manager.get("/v1/case-analyses?owner=me&state=open").json["items"]
    assert listed["id"] == str(analysis.id)
    body = {"findings": "seams open", "measures": "another thread"}
    assert manager.post(f"{one}/results", {"findings": "seams"}).status_code == 422
    assert manager.post(f"{one}/results", body).json["measures"] == "another thread"
    assert manager.post(f"{one}/results", body).json["code"] == "wrong_state"
    assert as_("assistant-south", unit="region-south").get(one).status_code == 404
