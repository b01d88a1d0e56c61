"""Greetings: on the day, at the hour, once a year, by two calendars (CM-01)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.adapters.lunar import solar_of
from notify.domain.birthdays import Birthday, BirthdayCalendar, next_birthday
from notify.domain.message_states import State, Why
from notify.domain.occasions import BIRTHDAY
from notify.use_cases.care_dates import BIRTHDAY_TIMER

from .conftest import AWAY, CONTACT, CUSTOMER, ScriptedChannel

LOG = [{"channel": "log", "address": "li"}]
MAIL = [{"channel": "smtp", "address": "li@example.com"}]
TICK = timedelta(microseconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at_nine(day: date, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=zone)


@pytest.mark.rule("CM-01")
def test_a_contact_is_greeted_at_nine_on_the_birthday_and_the_world_is_told(office):
    office.contact({"month": 3, "day": 10}, addresses=LOG)
    due = office.timers()[BIRTHDAY_TIMER]
    office.fire(at=due - timedelta(microseconds=1))
    before = office.ledger(reason=BIRTHDAY)
    office.fire(at=due)
    office.send()

    message = office.only(reason=BIRTHDAY)
    told = {
        "message_id": str(message.id),
        "contact_id": str(CONTACT),
        "customer_id": str(CUSTOMER),
        "occasion": "birthday",
        "year": 2026,
        "sent_at": due.isoformat(),
    }
    assert (at_nine(date(2026, 3, 10)), []) == (due, before)
    assert (State.SENT, "log", "CM-01") == (message.state, message.channel, message.because.rule)
    assert "李华" in message.body
    assert ("notify.care_sent.v1", told) in office.told()


@pytest.mark.rule("CM-01")
def test_a_greeting_that_the_log_carried_for_another_channel_is_no_care(office):
    office.contact({"month": 3, "day": 2}, addresses=MAIL)
    office.fire(at=office.clock.at)
    office.send()

    assert (State.SENT, "log") == (
        office.only(reason=BIRTHDAY).state,
        office.only(reason=BIRTHDAY).channel,
    )
    assert [] == office.told()


@pytest.mark.rule("CM-01")
def test_a_greeting_is_tried_for_the_twelve_hours_of_the_day_and_no_longer(office):
    office.channels["smtp"] = ScriptedChannel(answers=[AWAY] * 3)
    office.contact({"month": 3, "day": 2}, addresses=[*MAIL, *LOG])
    office.fire(at=office.clock.at)
    seen = []
    for now in (
        office.clock.at,
        office.only(reason=BIRTHDAY).expires_at,
        office.only(reason=BIRTHDAY).expires_at + TICK,
    ):
        office.clock.at = now
        office.later(hours=1)
        office.send()
        seen.append(office.only(reason=BIRTHDAY).state)

    assert (
        at_nine(date(2026, 3, 2)) + timedelta(hours=12) == office.only(reason=BIRTHDAY).expires_at
    )
    assert [State.PLANNED, State.PLANNED, State.FAILED] == seen
    assert ["notify.message_failed.v1"] == [type_ for type_, _ in office.told()]


@pytest.mark.rule("CM-01")
def test_a_contact_of_a_unit_not_known_yet_is_kept_and_greeted_once_it_is(office):
    office.contact({"month": 3, "day": 10}, org_unit="shop-09", addresses=LOG)
    office.fire(at=office.clock.at)
    with office.open() as tx:
        known = tx.contacts.get(CONTACT).org_unit
    unit = {"unit": "shop-09", "parent": "region-north", "kind": "shop", "name": "9"}
    office.receive("dispatch.org_unit_changed.v1", {**unit, "calendar": None})
    office.later(hours=1)
    office.fire(at=office.clock.at)

    assert "shop-09" == known
    assert {BIRTHDAY_TIMER: at_nine(date(2026, 3, 10))} == office.timers()


@pytest.mark.rule("CM-01")
def test_the_next_year_is_awaited_after_a_greeting(office):
    office.contact({"month": 3, "day": 10})
    office.fire(at=at_nine(date(2026, 3, 10)))

    assert at_nine(date(2027, 3, 10)) == office.timers()[BIRTHDAY_TIMER]


@pytest.mark.rule("CM-01")
def test_nobody_is_greeted_twice_in_a_year_when_the_contact_is_told_again(office):
    office.contact({"month": 3, "day": 10})
    office.fire(at=at_nine(date(2026, 3, 10)))
    office.contact({"month": 3, "day": 10}, name="李华华")
    office.fire(at=at_nine(date(2026, 3, 10)) + timedelta(hours=1))

    assert ["2026"] == [one.occurrence for one in office.ledger(reason=BIRTHDAY)]
    assert at_nine(date(2027, 3, 10)) == office.timers()[BIRTHDAY_TIMER]


def test_who_becomes_known_on_the_birthday_is_still_greeted(office):
    office.contact({"month": 3, "day": 2})
    office.fire(at=office.clock.at)

    assert [State.PLANNED] == office.states()


@pytest.mark.rule("CM-01")
@pytest.mark.parametrize(
    ("late", "state"),
    [
        (timedelta(hours=12), State.PLANNED),
        (timedelta(hours=12, microseconds=1), State.SUPPRESSED),
    ],
)
def test_a_greeting_more_than_twelve_hours_late_is_not_sent(office, late, state):
    office.contact({"month": 3, "day": 10})
    office.fire(at=at_nine(date(2026, 3, 10)) + late)

    message = office.only(reason=BIRTHDAY)
    reason = Why.TOO_LATE if state is State.SUPPRESSED else None
    assert (state, reason) == (message.state, message.state_reason)


def test_a_changed_birthday_replaces_the_one_awaited(office):
    office.contact({"month": 3, "day": 10})
    office.contact({"month": 5, "day": 1})

    assert {BIRTHDAY_TIMER: at_nine(date(2026, 5, 1))} == office.timers()


def test_nothing_is_awaited_for_a_contact_without_birthday(office):
    office.contact({"month": 3, "day": 10})
    office.contact(None)

    assert {} == office.timers()


def test_nothing_is_awaited_for_a_contact_who_has_left(office):
    office.contact({"month": 3, "day": 10})
    office.contact({"month": 3, "day": 10}, active=False)

    assert {} == office.timers()


def test_the_hour_is_that_of_the_contact(office):
    office.contact({"month": 3, "day": 10}, zone="America/New_York")

    expected = at_nine(date(2026, 3, 10), ZoneInfo("America/New_York"))
    assert expected == office.timers()[BIRTHDAY_TIMER]


def test_a_lunar_birthday_is_greeted_under_its_lunar_year(office):
    office.contact({"calendar": "lunar", "month": 12, "day": 1})
    due = office.timers()[BIRTHDAY_TIMER]
    office.fire(at=due)

    assert at_nine(date(2027, 1, 8)) == due
    assert ["2026"] == [one.occurrence for one in office.ledger(reason=BIRTHDAY)]


def following(calendar, month, day, after, *, leap_month=False):
    birthday = Birthday(BirthdayCalendar(calendar), month, day, leap_month)
    found = next_birthday(birthday, after=after, solar_of=solar_of)
    return found.on, found.year


@pytest.mark.parametrize(("year", "kept"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))])
def test_29_february_is_kept_a_day_earlier_in_common_years(year, kept):
    assert (kept, year) == following("solar", 2, 29, date(year, 1, 1))


def test_day_30_is_kept_on_day_29_of_a_short_lunar_month():
    assert solar_of(2025, 12, 30) is None
    assert (solar_of(2025, 12, 29), 2025) == following("lunar", 12, 30, date(2026, 1, 20))


def test_a_birthday_in_a_leap_month_is_kept_in_the_ordinary_one():
    after = date(2025, 7, 1)

    assert following("lunar", 6, 5, after) == following("lunar", 6, 5, after, leap_month=True)
    assert (solar_of(2025, 6, 5), 2025) == following("lunar", 6, 5, date(2025, 6, 1))


def test_a_solar_year_can_hold_two_lunar_birthdays_each_of_its_own_lunar_year():
    first = following("lunar", 12, 1, date(2026, 12, 31))
    second = following("lunar", 12, 1, first[0])

    assert [(date(2027, 1, 8), 2026), (date(2027, 12, 28), 2027)] == [first, second]


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 30),
)
def test_each_lunar_year_holds_exactly_one_birthday(after, month, day):
    first = following("lunar", month, day, after)
    second = following("lunar", month, day, first[0])

    assert after < first[0] < second[0]
    assert first[1] + 1 == second[1]


def test_a_greeting_has_no_effect_for_somebody_unknown(office):
    office.contact({"month": 3, "day": 10})
    office.contact(None)
    office.fire(at=datetime(2026, 3, 11, tzinfo=UTC))

    assert [] == office.ledger(reason=BIRTHDAY)
