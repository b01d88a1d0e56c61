"""When nothing is said that can wait: by the clock of the recipient, with what breaks through."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.decency import QuietRule, TooLate, instants
from notify.domain.delivery import Outcome, Result
from notify.domain.message_states import State, Why
from notify.domain.messages import Intent, Purpose, Urgency
from notify.use_cases.decency import HOLD_TIMER
from notify.use_cases.planning import plan
from shared.rules import Because
from shared.testing import examples

from .conftest import AWAY, COMPLAINT, CONTACT, CUSTOMER, HANDLER, ScriptedChannel
from .test_birthdays import MAIL
from .test_case_news import described, news

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Chatham", "UTC")
YEAR = datetime(2025, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
BECAUSE = Because(pack="care", version="1", clause="1", rule="CM-01")


def rule(starts, ends, *, rest_days=False, breaks_through=(), too_late=TooLate.SUPPRESS):
    return QuietRule(
        starts=starts and time.fromisoformat(starts),
        ends=ends and time.fromisoformat(ends),
        rest_days=rest_days,
        breaks_through=breaks_through,
        too_late=too_late,
    )


def local(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def never(_day):
    return False


NIGHT = rule("21:00", "08:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02T20:59:59.999999", "2026-03-02T20:59:59.999999"),
        ("2026-03-02T21:00:00", "2026-03-03T08:00:00"),
        ("2026-03-02T23:59:59", "2026-03-03T08:00:00"),
        ("2026-03-03T00:00:00", "2026-03-03T08:00:00"),
        ("2026-03-03T07:59:59.999999", "2026-03-03T08:00:00"),
        ("2026-03-03T08:00:00", "2026-03-03T08:00:00"),
        ("2026-12-31T22:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_it_is_quiet_over_midnight_from_the_one_time_until_before_the_other(now, expected):
    assert local(expected) == NIGHT.next_decent(local(now), SHANGHAI, never)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02T11:59:59", "2026-03-02T11:59:59"),
        ("2026-03-02T12:00:00", "2026-03-02T14:00:00"),
        ("2026-03-02T14:00:00", "2026-03-02T14:00:00"),
    ],
)
def test_quiet_may_lie_within_one_day(now, expected):
    assert local(expected) == rule("12:00", "14:00").next_decent(local(now), SHANGHAI, never)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-06T20:59:00", "2026-03-06T20:59:00"),  # a Friday
        ("2026-03-06T21:00:00", "2026-03-09T08:00:00"),
        ("2026-03-07T12:00:00", "2026-03-09T08:00:00"),
        ("2026-03-08T23:59:59", "2026-03-09T08:00:00"),
    ],
)
def test_days_off_are_quiet_where_the_rule_says_so(now, expected):
    resting = rule("21:00", "08:00", rest_days=True)

    def weekend(day):
        return day.weekday() >= 5

    assert local(expected) == resting.next_decent(local(now), SHANGHAI, weekend)
    assert local("2026-03-07T12:00:00") == NIGHT.next_decent(
        local("2026-03-07T12:00:00"), SHANGHAI, weekend
    )


def test_days_off_alone_end_at_midnight():
    weekends = rule(None, None, rest_days=True)
    found = weekends.next_decent(
        local("2026-03-07T12:00:00"), SHANGHAI, lambda day: day.weekday() >= 5
    )

    assert local("2026-03-09T00:00:00") == found


def test_where_every_day_is_off_there_is_no_decent_moment():
    resting = rule("21:00", "08:00", rest_days=True)

    assert resting.next_decent(local("2026-03-07T12:00:00"), SHANGHAI, lambda _day: True) is None


@pytest.mark.parametrize(
    ("ends", "now", "expected"),
    [
        # On 8 March 2026 clocks in New York go from 02:00 to 03:00: 02:30 is passed at 07:00 UTC.
        ("02:30", "2026-03-08T01:30:00-05:00", "2026-03-08T07:00:00+00:00"),
        ("08:00", "2026-03-08T01:30:00-05:00", "2026-03-08T12:00:00+00:00"),
        # On 1 November 2026 they go from 02:00 back to 01:00: there are two of 01:30.
        ("01:30", "2026-11-01T00:10:00-04:00", "2026-11-01T05:30:00+00:00"),
        ("01:30", "2026-11-01T01:10:00-05:00", "2026-11-01T06:30:00+00:00"),
        ("08:00", "2026-11-01T00:10:00-04:00", "2026-11-01T13:00:00+00:00"),
    ],
)
def test_clocks_that_are_set_forward_or_back_are_followed(ends, now, expected):
    found = rule("21:00", ends).next_decent(datetime.fromisoformat(now), NEW_YORK, never)

    assert datetime.fromisoformat(expected) == found


def test_a_time_that_comes_twice_is_two_instants_and_one_that_is_left_out_is_where_it_is_passed():
    assert 2 == len(list(instants(date(2026, 11, 1), time(1, 30), NEW_YORK)))
    assert [datetime(2026, 3, 8, 7, tzinfo=UTC)] == list(
        instants(date(2026, 3, 8), time(2, 30), NEW_YORK)
    )


@given(
    at=st.integers(0, 3 * 365 * 86_400_000).map(lambda ms: YEAR + timedelta(milliseconds=ms)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    starts=st.times(time(18), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0)),
    ends=st.times(time(4), time(11)).map(lambda one: one.replace(second=0, microsecond=0)),
    rest=st.sets(st.integers(0, 6), max_size=3),
)
def test_the_moment_that_is_found_is_decent_and_none_before_it_is(at, zone, starts, ends, rest):
    found_rule = QuietRule(
        starts=starts,
        ends=ends,
        rest_days=True,
        breaks_through=(),
        too_late=TooLate.SUPPRESS,
    )

    def rests(day):
        return day.weekday() in rest

    found = found_rule.next_decent(at, zone, rests)

    assert found is not None
    assert found >= at
    assert not found_rule.is_quiet(found, zone, rests)
    if found > at:
        assert found_rule.is_quiet(found - TICK, zone, rests)
        step = (found - at) / 60
        assert all(found_rule.is_quiet(at + n * step, zone, rests) for n in range(60))


def intent(tx, **facts):
    said = {
        "reason": "spring",
        "subject": f"contact/{CONTACT}",
        "occurrence": "2026",
        "person_id": CONTACT,
        "org_unit": "shop-01",
        "template": "birthday_greeting",
        "urgency": Urgency.NORMAL,
        "route": ("smtp",),
        "words": {},
        "because": BECAUSE,
        "expires_at": tx.now + timedelta(days=4),
        "customer_id": CUSTOMER,
        "purpose": Purpose.CARE,
    }
    return Intent(**{**said, **facts})


def planned_at(office, when, **facts):
    """What becomes of a message to the contact that is planned at a local time."""
    office.clock.at = when.astimezone(UTC)
    with office.open() as tx:
        made = plan(tx, intent(tx, **facts))
        assert made is not None
        made_id = made.id
    return next(one for one in office.ledger() if one.id == made_id)


def held(message):
    return message.state, message.state_reason, message.held_until


# What the pack of the house says; each line is a value of it.
@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("purpose", "reason", "urgency", "now", "until"),
    [
        (Purpose.CARE, "spring", "normal", "2026-03-02T21:59:59", None),
        (Purpose.CARE, "spring", "high", "2026-03-02T22:00:00", "2026-03-03T08:00:00"),
        (Purpose.CARE, "spring", "normal", "2026-03-03T07:59:59", "2026-03-03T08:00:00"),
        (Purpose.PROMOTION, "spring", "normal", "2026-03-02T19:59:59", None),
        (Purpose.PROMOTION, "spring", "high", "2026-03-02T20:00:00", "2026-03-03T09:00:00"),
        (Purpose.PROMOTION, "spring", "normal", "2026-03-06T20:00:00", "2026-03-09T09:00:00"),
        (Purpose.CARE, "spring", "normal", "2026-03-07T12:00:00", None),
        (Purpose.SERVICE, "case_result", "normal", "2026-03-02T21:59:59", None),
        (Purpose.SERVICE, "case_result", "normal", "2026-03-02T22:00:00", "2026-03-03T07:00:00"),
        (Purpose.SERVICE, "case_result", "high", "2026-03-02T22:00:00", None),
        (Purpose.SERVICE, "case_received", "normal", "2026-03-02T23:00:00", None),
    ],
)
def test_the_house_is_quiet_at_night_and_the_next_decent_moment_is_planned(
    office, purpose, reason, urgency, now, until
):
    office.contact(None, addresses=MAIL)
    message = planned_at(
        office, local(now), purpose=purpose, reason=reason, urgency=Urgency(urgency)
    )

    if until is None:
        assert (State.PLANNED, None, None) == held(message)
        return
    assert (State.HELD, Why.QUIET_HOURS, local(until)) == held(message)
    assert ("decency", "CM-18") == (message.state_because.pack, message.state_because.rule)
    assert local(until) == office.timers()[HOLD_TIMER]


@pytest.mark.rule("CM-18")
def test_what_waited_for_the_morning_is_sent_then_and_not_before(office, smtp):
    office.contact(None, addresses=MAIL)
    planned_at(office, local("2026-03-02T23:00:00"))
    office.send()
    office.fire(at=local("2026-03-03T08:00:00") - TICK)
    office.send()
    before = len(smtp.parcels)
    office.fire(at=local("2026-03-03T08:00:00"))
    office.send()

    assert (0, 1) == (before, len(smtp.parcels))
    message = office.only()
    assert (State.SENT, None, None) == held(message)
    moved = ["message.held", "message.planned", "message.sending"]
    assert [*moved, "notify.care_sent.v1", "message.sent"] == office.journal(message)


@pytest.mark.rule("CM-18")
def test_the_staff_is_left_alone_at_night_but_for_what_is_urgent_or_has_to_be_told_at_once(
    office,
):
    office.clock.at = local("2026-03-02T22:00:00").astimezone(UTC)
    office.person(HANDLER)
    office.assigned(HANDLER)
    told = {**examples("customer.visit_due.v1")[0], "visitor_id": str(HANDLER)}
    overdue = {**examples("customer.visit_overdue.v1")[0], "visitor_id": str(HANDLER)}
    office.receive("customer.visit_due.v1", {**told, "org_unit": "shop-01"})
    nobody = {"supervisor_id": None, "org_unit": "shop-01"}
    office.receive("customer.visit_overdue.v1", {**overdue, **nobody})

    lines = {one.reason: held(one) for one in office.ledger()}
    assert lines == {
        "complaint_assigned": (State.PLANNED, None, None),
        "visit_overdue": (State.PLANNED, None, None),
        "visit_due": (State.HELD, Why.QUIET_HOURS, local("2026-03-03T07:00:00")),
    }


@pytest.mark.rule("CM-18")
def test_the_clock_is_that_of_the_recipient(office):
    office.contact(None, addresses=MAIL, zone="America/New_York")
    message = planned_at(office, local("2026-03-02T12:00:00"))  # 23:00 on the day before, there

    until = local("2026-03-02T08:00:00", NEW_YORK)
    assert (State.HELD, Why.QUIET_HOURS, until) == held(message)

    office.contact(None, addresses=MAIL)
    assert (State.PLANNED, None, None) == held(office.only())


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        (Purpose.CARE, (State.SUPPRESSED, Why.QUIET_TOO_LATE, None)),
        (Purpose.PROMOTION, (State.SUPPRESSED, Why.QUIET_TOO_LATE, None)),
        (Purpose.SERVICE, (State.PLANNED, None, None)),
    ],
)
def test_what_would_be_too_late_after_the_quiet_is_suppressed_or_said_at_once(
    office, purpose, expected
):
    office.contact(None, addresses=MAIL)
    now = local("2026-03-02T23:30:00")
    message = planned_at(office, now, purpose=purpose, expires_at=now + timedelta(hours=7))

    assert expected == held(message)


def test_what_expires_with_the_quiet_is_said_at_its_very_end(office, smtp):
    office.contact(None, addresses=MAIL)
    end = local("2026-03-03T08:00:00")
    planned_at(office, local("2026-03-02T23:00:00"), expires_at=end)
    office.fire(at=end)
    office.send()

    assert [State.SENT] == office.states()


def test_what_could_not_be_sent_until_it_became_quiet_waits_and_goes_on_as_it_was(office):
    smtp = office.channels["smtp"] = ScriptedChannel(answers=[AWAY])
    office.contact(None, addresses=MAIL)
    planned_at(office, local("2026-03-02T21:59:00"))
    office.send()
    office.clock.at = local("2026-03-02T22:01:00").astimezone(UTC)
    office.later(minutes=2)
    office.send()
    waiting = office.only()
    office.fire(at=local("2026-03-03T08:00:00"))
    office.send()

    assert (State.HELD, Why.QUIET_HOURS, local("2026-03-03T08:00:00")) == held(waiting)
    assert [("smtp", State.SENT, None)] == office.lines()
    assert [1, 2] == [parcel.attempt for parcel in smtp.parcels]


def test_what_may_have_arrived_is_asked_for_again_at_any_hour(office, webhook):
    webhook.answers = [Outcome(Result.DOUBTFUL, "webhook_timeout")]
    office.contact(None, addresses=[{"channel": "webhook", "address": "https://example.com/h"}])
    planned_at(office, local("2026-03-02T21:59:00"), route=("webhook",))
    office.send()
    office.clock.at = local("2026-03-02T22:05:00").astimezone(UTC)
    office.later(minutes=6)
    office.send()

    assert [State.SENT] == office.states()


def test_who_is_erased_in_the_night_is_not_written_to_in_the_morning(office, smtp):
    office.contact(None, addresses=MAIL)
    planned_at(office, local("2026-03-02T23:00:00"))
    office.receive("customer.contact_erased.v1", {"contact_id": str(CONTACT)})
    office.fire(at=local("2026-03-03T08:00:00"))
    office.send()

    assert [(State.SUPPRESSED, Why.CONTACT_INACTIVE, None)] == [
        held(one) for one in office.ledger()
    ]
    assert [] == smtp.parcels


def test_a_customer_who_is_barred_in_the_night_is_not_greeted_in_the_morning(office, smtp):
    office.contact(None, addresses=MAIL)
    planned_at(office, local("2026-03-02T23:00:00"))
    listed = examples("customer.blacklisted.v1")[1]
    office.receive(
        "customer.blacklisted.v1", {**listed, "customer_id": str(CUSTOMER), "told_ids": []}
    )
    office.fire(at=local("2026-03-03T08:00:00"))
    office.send()

    assert [] == smtp.parcels
    message = office.only()
    assert (State.SUPPRESSED, Why.CUSTOMER_BARRED) == (message.state, message.state_reason)
    assert ("decency", "CM-18") == (message.state_because.pack, message.state_because.rule)


def test_the_timer_of_what_was_cancelled_meanwhile_does_nothing(office, smtp):
    described(office)
    office.clock.at = local("2026-03-02T23:00:00").astimezone(UTC)
    news(office, "progress", text="a")
    news(office, "closed", sequence=2)
    waiting = {one.reason: held(one) for one in office.ledger()}
    office.fire(at=local("2026-03-03T07:00:00"))
    office.send()

    assert waiting["case_progress"][:2] == (State.CANCELLED, Why.OVERTAKEN)
    assert waiting["case_closed"][:2] == (State.HELD, Why.QUIET_HOURS)
    assert [parcel.reason for parcel in smtp.parcels] == ["case_closed"]
    assert {one.person_id for one in office.ledger()} == {UUID(str(COMPLAINT))}
