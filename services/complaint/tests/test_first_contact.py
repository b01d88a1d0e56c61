"""The first-contact clock, through the built-in packs and the calendar of 2026."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from complaint.consumers import TIMERS
from complaint.domain.first_contact import FirstContactRule, Unit, due
from complaint.domain.states import State
from complaint.use_cases import first_contact, handling, staff
from shared.policy import activate, add_pack
from shared.rules import Because, Ruling
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import CALENDAR
from shared.working_time import Calendar, CountMode

ZONE = "+08:00"


def at(text):
    return datetime.fromisoformat(text + ZONE)


def fire(desk, kind):
    """What the worker does with a timer that came due: it goes off at its own time."""
    with desk.sessions() as session:
        row = session.execute(select(timers).where(timers.c.kind == kind)).one()
    desk.now = row.due_at
    with desk.open() as tx:
        tx.cancel_timer(kind, row.subject)
        TIMERS[kind](tx, Fired(kind, row.subject, row.due_at, row.data))


@pytest.mark.rule("CP-17")
def test_the_first_contact_is_due_at_the_closing_of_the_next_working_day(desk):
    complaint = desk.file()

    assert complaint.first_contact.due_at == at("2026-02-14T18:00")
    assert complaint.first_contact.because == Because(
        pack="franchise", version="1", clause="001-P4 L162", rule="CP-17"
    )
    assert not complaint.first_contact.provisional


@pytest.mark.rule("CP-17")
@pytest.mark.rule("CP-02")
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-06T17:00", "2026-03-09T18:00"),  # Friday to Monday
        ("2026-03-07T10:00", "2026-03-09T18:00"),  # Saturday to Monday
        ("2026-02-14T09:00", "2026-02-24T18:00"),  # over the Spring Festival
        ("2026-03-09T08:00", "2026-03-10T18:00"),  # before opening
    ],
)
def test_one_working_day_is_counted_from_the_day_after_receipt(desk, received, expected):
    desk.now = at(received)

    assert desk.file().first_contact.due_at == at(expected)


@pytest.mark.rule("CP-02")
def test_the_generic_pack_alone_gives_one_working_day_as_well(desk, rulebook):
    desk.now = at("2026-03-06T17:00")
    with desk.open() as tx:
        activate(tx, "shop-01", ["generic"], date(2026, 3, 1), rulebook=rulebook)
        found = tx.policies.rulings("first_contact", unit="shop-01", on=date(2026, 3, 6))

    assert [(one.because.rule, one.value.within, one.value.unit) for one in found] == [
        ("CP-02", 1, Unit.WORKING_DAY)
    ]


def rule(within, unit, *, hard=True, mode=CountMode.END_OF_DAY, clause="1"):
    value = FirstContactRule(
        within=within, unit=unit, count_mode=mode, hard=hard, warn_hours=2, supervisor_tier=2
    )
    return Ruling(value, Because(pack="p", version="1", clause=clause, rule="CP-17"))


def test_of_several_rules_the_one_that_is_due_first_drives():
    received = at("2026-03-06T17:00")
    day = rule(1, Unit.WORKING_DAY, clause="day")
    hours = rule(4, Unit.WORKING_HOUR, clause="hours")

    found = due([day, hours], calendar=Calendar.from_data(CALENDAR), received_at=received)

    assert (found.due_at, found.because.clause) == (at("2026-03-09T12:00"), "hours")


def test_at_the_same_instant_a_hard_rule_goes_before_a_soft_one():
    soft = rule(1, Unit.WORKING_DAY, hard=False, clause="soft")
    hard = rule(1, Unit.WORKING_DAY, clause="hard")

    found = due(
        [soft, hard], calendar=Calendar.from_data(CALENDAR), received_at=at("2026-03-06T17:00")
    )

    assert found.because.clause == "hard"


def test_the_other_mode_of_counting_keeps_the_clock_time():
    kept = rule(1, Unit.WORKING_DAY, mode=CountMode.SAME_TIME)
    received = at("2026-03-06T17:00")

    found = due([kept], calendar=Calendar.from_data(CALENDAR), received_at=received)

    assert found.due_at == at("2026-03-09T17:00")


@pytest.mark.rule("CP-17")
def test_contact_at_the_due_instant_is_on_time_and_a_second_later_it_is_late(desk):
    desk.now = at("2026-03-06T17:00")
    punctual, late = desk.file(), desk.file()

    desk.now = at("2026-03-09T18:00")
    desk.contact(punctual)
    desk.now += timedelta(seconds=1)
    desk.contact(late)

    made = desk.told("complaint.first_contact_made.v1")
    assert [(one["complaint_id"], one["on_time"]) for one in made] == [
        (str(punctual.id), True),
        (str(late.id), False),
    ]
    assert desk.read(late).state == State.CONTACTED


@pytest.mark.rule("CP-17")
def test_what_was_learnt_goes_on_the_form(desk):
    complaint = desk.contact(desk.file())

    assert complaint.form.details.reason == "a seam is open"
    assert complaint.form.contacted_by == desk.people["assistant-north"]


@pytest.mark.rule("CP-17")
def test_two_working_hours_before_the_due_time_the_handler_is_warned(desk):
    complaint = desk.file()
    assert desk.timers()["first_contact.warning"] == at("2026-02-14T16:00")

    fire(desk, "first_contact.warning")

    (told,) = desk.told("complaint.first_contact_due_soon.v1")
    assert told["handler_id"] == str(complaint.handler_id)
    assert told["because"]["rule"] == "CP-17"


@pytest.mark.rule("CP-17")
def test_a_missed_first_contact_is_told_to_the_handler_and_the_second_tier(desk):
    complaint = desk.file()
    assert desk.timers()["first_contact.due"] == at("2026-02-14T18:00")

    fire(desk, "first_contact.due")

    (told,) = desk.told("complaint.first_contact_breached.v1")
    assert told["handler_id"] == str(complaint.handler_id)
    assert told["supervisor_ids"] == sorted(
        str(desk.people[name]) for name in ("manager", "supervisor")
    )
    assert datetime.fromisoformat(told["due_at"]) == at("2026-02-14T18:00")


@pytest.mark.rule("CP-17")
def test_contact_stops_the_clock(desk):
    desk.contact(desk.file())

    assert desk.timers() == {}


def test_a_timer_that_fires_after_all_says_nothing_once_contact_was_made(desk):
    complaint = desk.contact(desk.file())

    desk.do(first_contact.warn, complaint.id)
    desk.do(first_contact.breach, complaint.id)

    assert "complaint.first_contact_due_soon.v1" not in desk.types()
    assert "complaint.first_contact_breached.v1" not in desk.types()


def test_a_due_time_in_a_year_without_holidays_is_provisional(desk):
    desk.now = at("2026-12-31T17:00")

    assert desk.file().first_contact.provisional


def publish_2027(desk):
    calendar = {
        **CALENDAR,
        "holidays": {**CALENDAR["holidays"], "2027-01-01": "New Year"},
        "published": [2026, 2027],
    }
    hq = {"unit": "hq", "parent": None, "kind": "company", "name": "hq"}
    desk.do(staff.keep_unit, **hq, calendar=calendar)


def test_a_provisional_due_time_is_counted_anew_when_the_holidays_are_published(desk):
    desk.now = at("2026-12-31T17:00")
    complaint = desk.file()
    assert complaint.first_contact.due_at == at("2027-01-01T18:00")

    publish_2027(desk)

    counted = desk.read(complaint)
    assert counted.first_contact.due_at == at("2027-01-04T18:00")
    assert not counted.first_contact.provisional
    assert counted.version == complaint.version + 1
    assert desk.timers()["first_contact.due"] == at("2027-01-04T18:00")
    assert [note["due_at"] for note in desk.journal("first_contact_recounted")] == [
        "2027-01-04T10:00:00+00:00"
    ]


def test_a_clock_that_was_stopped_is_not_counted_anew(desk):
    desk.now = at("2026-12-31T17:00")
    complaint = desk.contact(desk.file())

    publish_2027(desk)

    assert desk.read(complaint).first_contact.due_at == at("2027-01-01T18:00")
    assert desk.timers() == {}


def test_the_explanation_has_no_gap_and_adds_up(desk):
    complaint = desk.file()
    with desk.open() as tx:
        told = first_contact.explanation(tx.session, complaint)

    assert [(one.reason, one.counts) for one in told.intervals] == [
        ("open", True),
        ("closed", False),
        ("open (make-up working day)", True),
        ("break", False),
        ("open (make-up working day)", True),
    ]
    assert (told.intervals[0].start, told.intervals[-1].end) == (told.started_at, told.due_at)
    assert told.counted_seconds == 9 * 3600


HASTE = {
    "pack": "haste",
    "version": "1",
    "title": "Serious complaints within four hours",
    "issuer": "Region north",
    "approver": "Sales centre",
    "owner": "Region north",
    "effective_from": "2026-01-01",
    "history": [
        {"version": "1", "change": "new", "by": "R", "approved_by": "S", "on": "2026-01-01"}
    ],
    "sections": {
        "first_contact": {
            "merge": "additive",
            "rules": [
                {
                    "rule": "CP-17",
                    "clause": "2",
                    "when": {"level": [2, 3]},
                    "value": {
                        "within": 4,
                        "unit": "working_hour",
                        "hard": True,
                        "warn_hours": 1,
                        "supervisor_tier": 3,
                    },
                }
            ],
        }
    },
}


def test_a_pack_of_the_region_gives_serious_complaints_less_time_also_when_raised(desk, rulebook):
    with desk.open() as tx:
        add_pack(tx, HASTE, rulebook)
        activate(tx, "region-north", ["haste", "franchise"], date(2026, 2, 1), rulebook=rulebook)
    calm = desk.file()
    assert calm.first_contact.due_at == at("2026-02-14T18:00")

    raised = desk.do(
        handling.raise_level, calm.id, by=desk.caller("manager"), level=2, reason="grave"
    )

    assert raised.first_contact.due_at == at("2026-02-14T12:00")
    assert raised.first_contact.because.pack == "haste"
    assert desk.timers() == {
        "first_contact.warning": at("2026-02-14T11:00"),
        "first_contact.due": at("2026-02-14T12:00"),
    }
