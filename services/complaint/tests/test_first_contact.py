"""The first-contact clock, through the built-in packs and the calendar of 2026."""

from datetime import date, datetime, timedelta

import pytest

from complaint.domain.clock_rules import TimeUnit
from complaint.domain.states import State
from complaint.use_cases import clocks, handling, staff
from complaint.use_cases.explanations import explanation
from shared.policy import activate, add_pack
from shared.rules import Because
from shared.testing import CALENDAR

ZONE = "+08:00"


def at(text):
    return datetime.fromisoformat(text + ZONE)


def first(complaint):
    """When contact is due, and why."""
    return complaint.timed["first_contact"].deadline


@pytest.mark.rule("CP-17")
def test_the_first_contact_is_due_at_the_closing_of_the_next_working_day(desk):
    complaint = desk.file()

    assert first(complaint).due_at == at("2026-02-14T18:00")
    assert first(complaint).because == Because(
        pack="franchise", version="1", clause="001-P4 L162", rule="CP-17"
    )
    assert not first(complaint).provisional


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

    assert first(desk.file()).due_at == at(expected)


@pytest.mark.rule("CP-02")
def test_the_generic_pack_alone_gives_one_working_day_as_well(desk, rulebook):
    desk.now = at("2026-03-06T17:00")
    with desk.open() as tx:
        activate(tx, "shop-01", ["generic"], date(2026, 3, 1), rulebook=rulebook)
        found = tx.policies.rulings(
            "clocks", unit="shop-01", on=date(2026, 3, 6), clock="first_contact"
        )

    assert [(one.because.rule, one.value.within, one.value.unit) for one in found] == [
        ("CP-02", 1, TimeUnit.WORKING_DAY)
    ]


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
    assert desk.timers() == {"case.wake": at("2026-02-14T16:00")}

    desk.wake()

    (told,) = desk.told("complaint.first_contact_due_soon.v1")
    assert told["handler_id"] == str(complaint.handler_id)
    assert told["because"]["rule"] == "CP-17"


@pytest.mark.rule("CP-17")
def test_a_missed_first_contact_is_told_to_the_handler_and_the_second_tier(desk):
    complaint = desk.file()
    desk.wake()
    assert desk.timers() == {"case.wake": at("2026-02-14T18:00")}

    desk.wake()

    (told,) = desk.told("complaint.first_contact_breached.v1")
    assert told["handler_id"] == str(complaint.handler_id)
    assert told["supervisor_ids"] == sorted(
        str(desk.people[name]) for name in ("manager", "supervisor")
    )
    assert datetime.fromisoformat(told["due_at"]) == at("2026-02-14T18:00")
    assert told["hard"]
    assert desk.timers() == {}


@pytest.mark.rule("CP-17")
def test_contact_stops_the_clock(desk):
    complaint = desk.contact(desk.file())

    clock = desk.clock(complaint)
    assert (clock.stopped_at, clock.on_time, clock.wakes_at) == (desk.now, True, None)


def test_a_timer_that_fires_after_all_says_nothing_once_contact_was_made(desk):
    complaint = desk.contact(desk.file())
    desk.now = at("2026-02-14T18:00")

    desk.do(clocks.wake, complaint.id)

    assert "complaint.first_contact_due_soon.v1" not in desk.types()
    assert "complaint.first_contact_breached.v1" not in desk.types()


@pytest.mark.rule("CP-17")
def test_contact_made_late_before_any_worker_told_it_tells_the_breach_first(desk):
    complaint = desk.file()
    desk.now = at("2026-02-14T18:00:01")

    desk.contact(complaint)
    desk.do(clocks.wake, complaint.id)

    told = [one for one in desk.types() if "first_contact" in one]
    assert told == ["complaint.first_contact_breached.v1", "complaint.first_contact_made.v1"]


def test_what_the_handler_missed_is_told_of_him_though_another_takes_over(desk):
    complaint = desk.tell(desk.contact(desk.file()))
    handler = complaint.handler_id
    desk.now = desk.clock(complaint, "satisfaction").deadline.due_at + timedelta(seconds=1)

    desk.answer(complaint, 5)

    (told,) = desk.told("complaint.clock_breached.v1")
    assert (told["clock"], told["owner_ids"]) == ("satisfaction", [str(handler)])
    assert desk.read(complaint).handler_id != handler


def test_a_worker_that_was_away_over_the_due_time_tells_the_breach_and_no_warning(desk):
    complaint = desk.file()
    desk.now = at("2026-02-15T09:00")

    desk.do(clocks.wake, complaint.id)
    desk.do(clocks.wake, complaint.id)

    assert desk.types().count("complaint.first_contact_breached.v1") == 1
    assert "complaint.first_contact_due_soon.v1" not in desk.types()


def test_a_due_time_in_a_year_without_holidays_is_provisional(desk):
    desk.now = at("2026-12-31T17:00")

    assert first(desk.file()).provisional


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
    assert first(complaint).due_at == at("2027-01-01T18:00")

    publish_2027(desk)

    counted = desk.read(complaint)
    assert first(counted).due_at == at("2027-01-04T18:00")
    assert not first(counted).provisional
    assert counted.version == complaint.version + 1
    assert desk.timers()["case.wake"] == at("2027-01-04T16:00")
    (told,) = desk.told("complaint.clock_retimed.v1")
    assert (told["clock"], told["reason"]) == ("first_contact", "calendar")
    assert (told["before"], told["due_at"]) == (
        "2027-01-01T10:00:00+00:00",
        "2027-01-04T10:00:00+00:00",
    )


def test_a_clock_that_was_stopped_is_not_counted_anew(desk):
    desk.now = at("2026-12-31T17:00")
    complaint = desk.contact(desk.file())

    publish_2027(desk)

    assert first(desk.read(complaint)).due_at == at("2027-01-01T18:00")


def test_the_explanation_has_no_gap_and_adds_up(desk):
    complaint = desk.file()
    with desk.open() as tx:
        told = explanation(tx.session, complaint, "first_contact")

    assert [(one.reason, one.counts) for one in told.intervals] == [
        ("open", True),
        ("closed", False),
        ("open (make-up working day)", True),
        ("break", False),
        ("open (make-up working day)", True),
    ]
    assert (told.intervals[0].start, told.intervals[-1].end) == (
        told.clock.started_at,
        told.clock.deadline.due_at,
    )
    assert (told.target, told.counted) == (None, timedelta(hours=9))


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
        "clocks": {
            "merge": "additive",
            "rules": [
                {
                    "rule": "CP-17",
                    "clause": "2",
                    "when": {"clock": "first_contact", "level": [2, 3]},
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
    assert first(calm).due_at == at("2026-02-14T18:00")

    raised = desk.do(
        handling.raise_level, calm.id, by=desk.caller("manager"), level=2, reason="grave"
    )

    assert first(raised).due_at == at("2026-02-14T12:00")
    assert first(raised).because.pack == "haste"
    assert desk.clock(calm).wakes_at == at("2026-02-14T11:00")
    assert desk.told("complaint.clock_retimed.v1")[0]["reason"] == "level"
