"""Festivals: everybody of a unit, on the day, once a year, a bounded number at a time (CM-01)."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from notify.adapters.lunar import solar_of
from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.occasions import CareDayRule, Festival, SameDay
from notify.use_cases import festivals

from .conftest import CONTACT, CUSTOMER

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOG = [{"channel": "log", "address": "li"}]
EVE = datetime(2026, 4, 30, 12, tzinfo=SHANGHAI)
LABOUR_DAY = datetime(2026, 5, 1, 9, tzinfo=SHANGHAI)


def said(office):
    return [(one.reason, one.occurrence) for one in office.ledger()]


def crowd(office, number):
    for index in range(number):
        id_ = str(UUID(int=0x7000_9000 << 64 | index))
        office.contact(None, contact_id=id_, addresses=LOG, customer_id=str(UUID(int=index + 1)))


@pytest.mark.rule("CM-01")
@pytest.mark.parametrize(
    ("code", "year", "day"),
    [
        ("new_year", 2026, date(2026, 1, 1)),
        ("spring_festival", 2026, date(2026, 2, 17)),
        ("labour_day", 2026, date(2026, 5, 1)),
        ("dragon_boat", 2026, date(2026, 6, 19)),
        ("mid_autumn", 2026, date(2026, 9, 25)),
        ("national_day", 2026, date(2026, 10, 1)),
    ],
)
def test_the_days_of_the_state_are_those_of_the_calendar(office, code, year, day):
    with office.open() as tx:
        found = festivals.festivals_on(tx, "shop-01", day)

    assert {code: year} == {name: one[1] for name, one in found.items()}


@pytest.mark.rule("CM-06")
@pytest.mark.parametrize(
    ("code", "day"), [("lantern", date(2026, 3, 3)), ("double_ninth", date(2026, 10, 18))]
)
def test_the_days_of_the_people_are_greeted_as_well_at_half_past_nine(office, code, day):
    office.clock.at = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) - timedelta(hours=5)
    office.contact(None, addresses=LOG)
    at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=SHANGHAI)
    office.fire(at=at - timedelta(microseconds=1))
    before = said(office)
    office.fire(at=at)

    assert ([], [(code, "2026")]) == (before, said(office))
    assert "CM-06" == office.only().because.rule
    assert at + timedelta(hours=12) == office.only().expires_at


@pytest.mark.rule("CM-01")
def test_everybody_is_greeted_at_nine_by_his_own_clock_and_in_his_language(office):
    office.clock.at = EVE
    new_york = ZoneInfo("America/New_York")
    office.contact(None, addresses=LOG)
    far = str(UUID(int=5))
    office.contact(None, contact_id=far, zone="America/New_York", language="en-GB", addresses=LOG)
    office.fire(at=LABOUR_DAY)
    first = office.only()
    office.fire(at=datetime(2026, 5, 1, 9, tzinfo=new_york) - timedelta(microseconds=1))
    assert 1 == len(office.ledger())
    office.fire(at=datetime(2026, 5, 1, 9, tzinfo=new_york))
    office.send()

    assert (CONTACT, "祝您劳动节快乐") == (first.person_id, first.title)
    (second,) = [one for one in office.ledger() if one.person_id != CONTACT]
    assert "Best wishes for Labour Day" == second.title
    told = [(data["occasion"], data["year"]) for _, data in office.told()]
    assert [("labour_day", 2026)] * 2 == told


@pytest.mark.rule("CM-01")
def test_nobody_is_greeted_twice_in_a_year_when_a_passage_is_made_again(office):
    office.clock.at = EVE
    office.contact(None, addresses=LOG)
    office.fire(at=LABOUR_DAY)
    with office.open() as tx:
        festivals.begin_day(tx, "shop-01/Asia/Shanghai", on=date(2026, 5, 1))
    office.fire(at=LABOUR_DAY + timedelta(hours=1))

    assert [("labour_day", "2026")] == said(office)


def test_a_passage_goes_on_behind_the_last_one_when_the_worker_died(office, monkeypatch):
    monkeypatch.setattr(festivals, "MOST", 3)
    office.clock.at = EVE
    crowd(office, 7)
    office.fire(at=LABOUR_DAY - timedelta(microseconds=1))
    steps, kept = [], festivals._keep

    def dying(tx, contact, *rest):
        steps.append(contact.id)
        if len(steps) == 5:
            raise RuntimeError("the worker dies")
        kept(tx, contact, *rest)

    monkeypatch.setattr(festivals, "_keep", dying)
    office.fire(at=LABOUR_DAY)
    assert 3 == len(office.ledger())
    office.later(hours=1)
    office.fire(at=LABOUR_DAY)

    assert 7 == len({one.person_id for one in office.ledger()}) == len(office.ledger())
    assert [steps[3], steps[4], steps[3]] == steps[3:6]


def test_no_transaction_takes_more_than_its_share(office, monkeypatch):
    monkeypatch.setattr(festivals, "MOST", 3)
    office.clock.at = EVE
    crowd(office, 7)
    with office.open() as tx:
        tx.now = LABOUR_DAY
        passage = next(
            one for one in festivals._passages(tx, "shop-01", date(2026, 5, 1)) if one.at.hour == 9
        )
        festivals.go_on(tx, "shop-01/Asia/Shanghai", passage, behind=None)

    assert 3 == len(office.ledger())
    assert "care.festival" in office.timers()


@pytest.mark.rule("CM-01")
def test_of_several_occasions_of_a_day_the_first_of_the_pack_is_said_alone(office):
    office.clock.at = EVE
    born, old = (str(UUID(int=id_)) for id_ in (5, 6))
    office.contact(None, addresses=LOG)
    office.contact({"month": 5, "day": 1}, contact_id=born, customer_since="2021-05-01")
    office.contact(None, contact_id=old, customer_since="2021-05-01", addresses=LOG)
    office.fire(at=LABOUR_DAY + timedelta(hours=2))

    said_to = {one.person_id: (one.reason, one.occurrence) for one in office.ledger()}
    assert said_to == {
        CONTACT: ("labour_day", "2026"),
        UUID(born): ("birthday", "2026"),
        UUID(old): ("cooperation_anniversary", "2026"),
    }
    assert 3 == len(office.ledger())


def test_a_pack_may_have_each_occasion_of_a_day_said():
    each = CareDayRule(same_day=SameDay.EACH, precedence=())
    first = CareDayRule(same_day=SameDay.FIRST, precedence=("birthday",))

    assert not each.silences("lantern", ["birthday"])
    assert first.silences("lantern", ["birthday"])
    assert not first.silences("birthday", ["lantern", "zodiac"])
    assert [True, False] == [first.silences(*pair) for pair in (("b", ["a"]), ("a", ["b"]))]


def test_who_is_barred_or_has_left_is_not_greeted(office):
    office.clock.at = EVE
    office.contact(None, addresses=LOG)
    office.receive(
        "customer.exited.v1",
        {"customer_id": str(CUSTOMER), "org_unit": "region-north", "way": "exit_case"},
    )
    office.fire(at=LABOUR_DAY)

    message = office.only()
    assert ("suppressed", "customer_left") == (message.state, message.state_reason)


def test_who_comes_back_is_greeted_again(office):
    office.clock.at = EVE
    office.contact(None, addresses=LOG)
    for event in ("exited", "entered"):
        told = {"customer_id": str(CUSTOMER), "org_unit": "region-north", "owner_id": None}
        office.receive(f"customer.{event}.v1", {**told, "way": "exit_case"})
    office.fire(at=LABOUR_DAY)

    assert "planned" == office.only().state


def test_what_waits_for_somebody_whose_customer_leaves_is_withdrawn(office):
    office.clock.at = EVE
    office.contact(None, addresses=LOG)
    office.fire(at=LABOUR_DAY)
    office.receive(
        "customer.exited.v1",
        {"customer_id": str(CUSTOMER), "org_unit": "shop-01", "way": "exit_case"},
    )

    assert "customer_left" == office.only().state_reason


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Day"), ("en-GB", "Day"), ("zh-TW", "节"), ("fr", "节")]
)
def test_a_festival_is_called_as_the_language_calls_it(language, name):
    day = Birthday(BirthdayCalendar.LUNAR, 12, 30)
    festival = Festival(code="eve", day=day, names={"en": "Day", "zh-CN": "节"})

    assert name == festival.called(language)


# 2025 had 29 days in its twelfth month.
def test_the_eve_of_a_short_lunar_year_is_kept_on_its_last_day():
    day = Birthday(BirthdayCalendar.LUNAR, 12, 30)
    festival = Festival(code="eve", day=day, names={"zh-CN": "除夕"})

    assert 2025 == festival.year_on(date(2026, 2, 16), solar_of)
    assert festival.year_on(date(2026, 2, 17), solar_of) is None
