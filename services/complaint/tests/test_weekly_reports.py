"""The weekly report: what it counts, when it is made, and that its numbers come out again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from complaint.adapters.counts import Counting
from complaint.domain.figures import figures
from complaint.domain.intake import Channel, Complainant, Subject
from complaint.domain.iso_weeks import IsoWeek, WeekInvalid
from complaint.domain.weekly_reports import RecurrenceRule
from complaint.use_cases.weekly_reports import await_reports, make_report

from .desk import SHANGHAI

WEEK = IsoWeek(2026, 7)  # The week whose Friday the desk begins on.
MONDAY = datetime(2026, 2, 16, 9, tzinfo=SHANGHAI)
PATH = "/v1/units/hq/weekly-reports"


def make(desk, unit="hq", week=WEEK):
    """The report of the week up to a minute from now."""
    desk.now += timedelta(minutes=1)
    return desk.do(make_report, unit, week)


def worked(desk):
    """One complaint of each kind: closed, escalated, open."""
    closed = desk.answered(2)
    desk.review(closed, "supervisor")
    desk.archive(closed, "clerk")
    escalated = desk.answered(5)
    franchisee = desk.file(
        complainant=Complainant.FRANCHISEE, about=Subject.DELIVERY, channel=Channel.HOTLINE
    )
    return closed, escalated, franchisee


@pytest.mark.rule("RP-01")
def test_a_report_counts_what_came_what_was_closed_and_what_is_open(desk):
    worked(desk)

    figures = make(desk).figures

    assert {name: figures["totals"][name] for name in ("received", "closed", "open")} == {
        "received": 3,
        "closed": 1,
        "open": 2,
    }
    assert figures["by"]["level"] == {
        "1": {"received": 2, "closed": 1, "open": 1},
        "2": {"received": 1, "closed": 0, "open": 1},
    }
    assert figures["by"]["complainant"]["franchisee"] == {"received": 1, "closed": 0, "open": 1}
    assert figures["by"]["channel"]["hotline"]["received"] == 1
    assert figures["by"]["about"]["delivery"]["received"] == 1
    assert figures["by"]["department"]["logistics"]["received"] == 3
    assert figures["by"]["cause"] == {
        "stated": {"received": 2, "closed": 1, "open": 1},
        "not_stated": {"received": 1, "closed": 0, "open": 1},
    }
    handlers = figures["by"]["handler"]
    assert handlers[str(desk.people["assistant-north"])] == {"received": 2, "closed": 1, "open": 1}
    assert (figures["totals"]["escalations"], figures["totals"]["breaches"]) == (1, 0)


@pytest.mark.rule("RP-09")
def test_the_rates_follow_their_formulas(desk):
    worked(desk)
    late = desk.file()
    desk.now = MONDAY - timedelta(hours=10)  # The Saturday was a working day; contacts were due.
    desk.contact(late)

    rates = make(desk).figures["rates"]

    assert rates == {
        "timeliness": {"part": 2, "whole": 4, "rate": 0.5},
        "solution": {"part": 1, "whole": 2, "rate": 0.5},
        "satisfaction": {"part": 75, "whole": 2, "rate": 37.5},
    }


@pytest.mark.rule("RP-02")
def test_a_report_says_how_satisfied_complainants_were_and_how_long_solutions_took(desk):
    first = desk.file()
    desk.now += timedelta(hours=3)
    desk.contact(first)
    desk.tell(first)
    desk.answer(first, 1)
    desk.review(first, "supervisor")
    desk.archive(first, "clerk")

    told = make(desk).figures

    scale = {"scale": "p4-five-1-best", "answer": 1, "normalised": 100, "answers": 1}
    assert told["satisfaction"] == [scale]
    hours = {"cases": 1, "mean": 3.0, "median": 3.0, "p90": 3.0, "longest": 3.0}
    assert told["solution_hours"] == {"1": hours}


@pytest.mark.rule("RP-13", "CP-05")
def test_what_is_complained_of_again_and_again_is_listed(desk):
    desk.file()
    desk.now += timedelta(days=90, minutes=-1)
    week = IsoWeek.of(desk.now.date())
    desk.file()
    assert make(desk, week=week).figures["recurrences"] == []

    desk.now -= timedelta(minutes=1)
    desk.file()
    recurs = {"about": "product_quality", "department": "logistics", "complaints": 3}
    assert make(desk, week=week).figures["recurrences"] == [recurs]
    assert make(desk, week=week).figures["recurrences"] == []


@pytest.mark.rule("CP-37")
def test_it_is_made_by_itself_on_monday_at_nine_for_the_week_before(desk):
    desk.file()
    desk.do(await_reports, "hq")
    assert desk.timers()["weekly_report.make"] == MONDAY

    desk.wake("weekly_report.make")

    (told,) = desk.told("complaint.weekly_report_generated.v1")
    managers = ("manager", "supervisor", "sales-director", "admin-director", "general-manager")
    assert (told["org_unit"], told["week"], told["revision"]) == ("hq", "2026-W07", 1)
    assert told["figures"]["received"] == 1
    assert set(told["told_ids"]) == {str(desk.people[name]) for name in managers}
    assert told["because"]["clause"] == "001-P4 L132"
    assert desk.timers()["weekly_report.make"] == MONDAY + timedelta(days=7)


def test_the_numbers_of_a_revision_come_out_again_whatever_happened_since(desk):
    _, escalated, open_one = worked(desk)
    desk.contact(open_one)
    desk.now = MONDAY
    report = make(desk)
    desk.tell(open_one)
    desk.answer(open_one, 5)
    desk.take_over(escalated, "manager")
    desk.file()

    with desk.open() as tx:
        recurs = RecurrenceRule(at_least=3, days=90)
        again = figures(Counting(tx.session, report.period).counts(recurs))

    assert again == report.figures


def test_other_numbers_make_a_new_revision_that_says_what_changed(desk):
    desk.file()
    first = make(desk)
    assert make(desk).id == first.id

    desk.now += timedelta(hours=1)
    desk.file()
    second = make(desk)

    assert (first.revision, second.revision) == (1, 2)
    assert second.changes["totals.received"] == {"before": 1, "after": 2}
    assert len(desk.told("complaint.weekly_report_generated.v1")) == 2


def test_open_complaints_are_listed_the_highest_level_first(desk):
    low, high = desk.file(), desk.file_at_level(3)

    listed = make(desk).open_list

    assert [one["number"] for one in listed] == [high.number, low.number]
    assert set(listed[0]) == {"complaint_id", "number", "level", "handler_id", "next_due_at"}


def test_as_many_statements_are_sent_however_many_complaints_there_are(desk):
    sent = []
    with desk.sessions() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    desk.file()
    sent.clear()
    make(desk)
    one = len(sent)
    for _ in range(5):
        desk.file()
    sent.clear()
    make(desk)

    assert len(sent) <= one + 1


def test_the_clerk_makes_it_and_readers_see_it(as_, filed, clock):
    clock.at = (clock.at + timedelta(minutes=1)).astimezone(UTC)
    made = as_("clerk").post(PATH, {"week": "2026-W07"})
    assert (made.status_code, made.json["revision"]) == (200, 1), made.json
    assert made.json["figures"]["totals"]["received"] == 1

    assert as_("manager").get(f"{PATH}/2026-W07").json == made.json
    assert "李华" not in made.text
    assert as_("manager").post(PATH, {"week": "2026-W07"}).status_code == 403
    assert as_("manager").get(f"{PATH}/2026-W07?revision=2").status_code == 404
    assert as_("clerk", unit="shop-01").get(f"{PATH}/2026-W07").status_code == 404


@pytest.mark.parametrize("week", ["2026-W08", "2026-W54", "0000-W01", "2026-007"])
def test_a_week_that_is_none_or_has_not_begun_is_refused(as_, filed, week):
    answer = as_("clerk").post(PATH, {"week": week})

    assert (answer.status_code, answer.json["code"]) == (422, "week_invalid")


def test_a_week_of_the_iso_year_reaches_over_the_turn_of_the_calendar_year():
    week = IsoWeek.read("2026-W53")

    assert week.begin(SHANGHAI) == datetime(2026, 12, 28, tzinfo=SHANGHAI)
    assert week.end(SHANGHAI) == datetime(2027, 1, 4, tzinfo=SHANGHAI)
    with pytest.raises(WeekInvalid):
        IsoWeek.read("2025-W53")
