"""Handed over at once, and told how it goes: CP-19, CP-26, CP-27."""

from datetime import date, datetime, timedelta

import pytest

from complaint.use_cases import clocks, handling
from complaint.use_cases.recounts import packs_changed
from shared.policy import activate, add_pack


def at(text):
    return datetime.fromisoformat(text + "+08:00")


def ids(desk, *names):
    return sorted(str(desk.people[name]) for name in names)


@pytest.mark.rule("CP-26")
@pytest.mark.rule("CP-27")
@pytest.mark.parametrize(("level", "days"), [(1, 7), (2, 3), (3, 1)])
def test_the_complainant_is_told_how_it_goes_every_so_many_days(desk, level, days):
    complaint = desk.contact(desk.file_at_level(level))

    clock = desk.clock(complaint, "progress_contact")

    assert clock.deadline.due_at == desk.now + timedelta(days=days)
    assert clock.deadline.because.rule == ("CP-26" if level == 1 else "CP-27")


@pytest.mark.rule("CP-26")
def test_eight_days_without_a_contact_are_told_to_the_handler_and_the_second_tier(desk):
    complaint = desk.contact(desk.file())
    handler, since = complaint.handler_id, desk.now

    desk.wake()
    assert desk.now == since + timedelta(days=6)
    desk.wake()

    (soon,) = desk.told("complaint.progress_due.v1")
    (overdue,) = desk.told("complaint.progress_overdue.v1")
    assert soon["handler_id"] == overdue["handler_id"] == str(handler)
    assert overdue["supervisor_ids"] == ids(desk, "manager", "supervisor")
    assert datetime.fromisoformat(overdue["due_at"]) == since + timedelta(days=7)
    assert overdue["hard"]


@pytest.mark.rule("CP-26")
def test_each_contact_begins_the_time_anew(desk):
    complaint = desk.contact(desk.file())
    desk.now += timedelta(days=5)

    told = desk.tell_progress(complaint)

    clock = desk.clock(complaint, "progress_contact")
    assert (clock.round, clock.deadline.due_at) == (2, desk.now + timedelta(days=7))
    assert told.contacts[0].on_time
    assert desk.told("complaint.progress_told.v1")[0]["on_time"]


@pytest.mark.rule("CP-26")
def test_a_contact_that_comes_too_late_is_taken_and_marked(desk):
    complaint = desk.contact(desk.file())
    desk.now += timedelta(days=7, seconds=1)

    assert not desk.tell_progress(complaint).contacts[0].on_time


@pytest.mark.rule("CP-27")
def test_a_complaint_that_goes_up_is_told_of_more_often(desk):
    complaint = desk.contact(desk.file())
    since = desk.now

    desk.do(handling.raise_level, complaint.id, by=desk.caller("manager"), level=2, reason="grave")

    clock = desk.clock(complaint, "progress_contact")
    assert clock.deadline.due_at == since + timedelta(days=3)
    (moved,) = desk.told("complaint.clock_retimed.v1")
    assert (moved["clock"], moved["reason"]) == ("progress_contact", "level")


@pytest.mark.rule("CP-19")
def test_a_complaint_that_is_handed_over_is_taken_on_within_an_hour(desk):
    desk.now = at("2026-03-09T10:00")
    complaint = desk.file_at_level(2)
    clock = desk.clock(complaint, "hand_over")
    assert (clock.deadline.due_at, clock.deadline.hard) == (at("2026-03-09T11:00"), False)

    taken = desk.take_over(complaint, "manager")

    assert (taken.taken_over_at, taken.handler_id) == (desk.now, desk.people["manager"])
    assert desk.clock(complaint, "hand_over").on_time
    assert desk.told("complaint.taken_over.v1")[0]["person_id"] == str(desk.people["manager"])


@pytest.mark.rule("CP-19")
def test_nobody_taking_it_on_is_told_to_the_tier_above(desk):
    desk.now = at("2026-03-09T10:00")
    complaint = desk.file_at_level(2)

    desk.wake()

    (told,) = desk.told("complaint.clock_breached.v1")
    assert (told["clock"], told["hard"]) == ("hand_over", False)
    assert told["owner_ids"] == sorted(map(str, complaint.assigned_ids))
    assert told["supervisor_ids"] == ids(desk, "sales-director")


def test_whoever_is_called_upon_and_works_has_taken_it_on(desk):
    complaint = desk.file_at_level(2)

    desk.contact(complaint, by=desk.handler(complaint))

    assert desk.clock(complaint, "hand_over").stopped_at == desk.now


def test_contact_by_the_first_tier_takes_nothing_over_from_the_second(desk):
    complaint = desk.file_at_level(2)

    desk.contact(complaint, by="assistant-north")

    assert desk.clock(complaint, "hand_over").is_running


def test_going_up_is_handed_over_anew(desk):
    complaint = desk.take_over(desk.contact(desk.file_at_level(2)), "manager")
    desk.tell(complaint)

    desk.answer(complaint, 5)

    found = desk.read(complaint)
    assert found.taken_over_at is None
    assert desk.clock(complaint, "hand_over").is_running


@pytest.mark.rule("CP-21")
@pytest.mark.rule("CP-28")
def test_the_answer_is_asked_for_within_a_day_and_the_review_made_within_three(desk):
    desk.now = at("2026-03-09T10:00")
    complaint = desk.tell(desk.contact(desk.file()))
    asked = desk.clock(complaint, "satisfaction").deadline
    desk.answer(complaint, 2)
    reviewed = desk.clock(complaint, "review").deadline

    assert (asked.due_at, asked.because.rule) == (at("2026-03-10T18:00"), "CP-28")
    assert (reviewed.due_at, reviewed.because.rule) == (at("2026-03-12T18:00"), "CP-21")


@pytest.mark.parametrize(
    ("level", "name", "owners"),
    [
        (1, "review", ["manager", "supervisor"]),
        (3, "decision", ["secretary"]),
    ],
)
def test_what_is_due_behind_the_answer_is_told_to_those_whose_it_is(desk, level, name, owners):
    complaint = desk.answered(1 if level == 1 else 5, level=level)
    desk.now = desk.clock(complaint, name).deadline.due_at

    desk.do(clocks.wake, complaint.id)

    (told,) = desk.told("complaint.clock_breached.v1")
    assert (told["clock"], told["owner_ids"]) == (name, ids(desk, *owners))


@pytest.mark.rule("CP-18")
def test_a_reviewed_complaint_waits_for_the_archive_no_longer_than_the_pack_says(desk):
    complaint = desk.review(desk.answered(1), "supervisor")
    desk.now = at("2026-02-26T18:00")

    desk.do(clocks.wake, complaint.id)

    told = [one for one in desk.told("complaint.clock_breached.v1") if one["clock"] == "archive"]
    assert [one["owner_ids"] for one in told] == [ids(desk, "clerk")]


def strict(rulebook, *, on_change):
    """The franchise pack from a day on, with a progress contact every two days."""
    document = {**rulebook.of_builtin("franchise", "1").document}
    again = {**document["history"][0], "version": "2", "on": "2026-03-09"}
    document.update(version="2", effective_from="2026-03-10")
    document["history"] = [*document["history"], again]
    rules = [dict(one) for one in document["sections"]["clocks"]["rules"]]
    for one in rules:
        if one["when"]["clock"] == "progress_contact":
            one["value"] = {**one["value"], "within": 2, "on_change": on_change}
    document["sections"] = {**document["sections"], "clocks": {"merge": "additive", "rules": rules}}
    return document


@pytest.mark.parametrize(("on_change", "days"), [("retime", 2), ("keep", 7)])
def test_open_complaints_follow_a_new_version_of_their_pack_as_it_says(
    desk, rulebook, on_change, days
):
    desk.now = at("2026-03-09T10:00")
    complaint, since = desk.contact(desk.file()), desk.now
    with desk.open() as tx:
        add_pack(tx, strict(rulebook, on_change=on_change), rulebook)
        packs_changed(tx, None, date(2026, 3, 10))
    assert desk.clock(complaint, "progress_contact").deadline.due_at == since + timedelta(days=7)

    desk.wake("packs.turn")

    assert desk.now == at("2026-03-10T00:00")
    clock = desk.clock(complaint, "progress_contact")
    assert clock.deadline.due_at == since + timedelta(days=days)
    moved = desk.told("complaint.clock_retimed.v1")
    assert [one["reason"] for one in moved] == (["policy"] if days == 2 else [])


def test_what_was_retimed_stays_so_when_the_calendar_changes_after(desk, rulebook):
    desk.now = at("2026-03-09T10:00")
    complaint, since = desk.contact(desk.file()), desk.now
    with desk.open() as tx:
        add_pack(tx, strict(rulebook, on_change="retime"), rulebook)
        packs_changed(tx, None, date(2026, 3, 10))
    desk.wake("packs.turn")

    desk.do(clocks.recount, complaint.ref, reason="calendar")

    clock = desk.clock(complaint, "progress_contact")
    assert clock.deadline.due_at == since + timedelta(days=2)


def test_packs_that_are_activated_for_a_day_in_the_past_hold_at_once(desk, rulebook):
    desk.now = at("2026-03-09T10:00")
    complaint = desk.contact(desk.file())
    with desk.open() as tx:
        add_pack(tx, {**strict(rulebook, on_change="retime"), "pack": "swift"}, rulebook)
        activate(tx, "region-north", ["swift"], date(2026, 3, 11), rulebook=rulebook)
        packs_changed(tx, "region-north", date(2026, 3, 1))

    assert desk.timers()["packs.turn"] == desk.now
    desk.wake("packs.turn")
    assert desk.clock(complaint, "progress_contact").is_running
