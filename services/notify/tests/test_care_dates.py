"""The days of a contact's own: when the cooperation began, and what the staff keeps (CM-01)."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.use_cases.care_dates import drop_date, keep_date

from .conftest import CONTACT, CUSTOMER

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOG = [{"channel": "log", "address": "li"}]
OPENING = Birthday(BirthdayCalendar.SOLAR, 4, 7)


def at(year, month, day, hour=9):
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def own(office, day=OPENING):
    with office.open() as tx:
        kept = keep_date(tx, tx.contacts.get(CONTACT), title="开业纪念日", day=day)
        return kept.id


@pytest.mark.rule("CM-01")
def test_the_day_on_which_the_cooperation_began_is_greeted_each_year_with_its_number(office):
    office.contact(None, customer_since="2021-04-07", addresses=LOG)
    office.fire(at=at(2026, 4, 7, 10) - timedelta(microseconds=1))
    assert [] == office.ledger(reason="cooperation_anniversary")
    office.fire(at=at(2026, 4, 7, 10))
    office.send()

    message = office.only(reason="cooperation_anniversary")
    assert ("携手5周年", "2026") == (message.title, message.occurrence)
    assert at(2026, 4, 7, 22) == message.expires_at
    assert at(2027, 4, 7, 10) == office.timers()["care.anniversary"]


def test_the_first_day_itself_is_no_anniversary(office):
    office.contact(None, customer_since="2026-03-02", addresses=LOG)
    office.fire(at=at(2026, 3, 2, 20))

    assert [] == office.ledger()
    assert at(2027, 3, 2, 10) == office.timers()["care.anniversary"]


def test_a_customer_whose_beginning_is_not_known_any_more_has_no_anniversary(office):
    office.contact(None, customer_since="2021-04-07")
    office.contact(None, customer_since=None)

    assert {} == office.timers()


@pytest.mark.rule("CM-01")
def test_what_the_staff_keeps_is_greeted_by_its_name(office):
    office.contact(None, addresses=LOG)
    id_ = own(office)
    office.fire(at=at(2026, 4, 7) - timedelta(microseconds=1))
    assert [] == office.ledger(reason="own_date")
    office.fire(at=at(2026, 4, 7))

    message = office.only(reason="own_date")
    assert f"care_date/{id_}" == message.subject
    assert "开业纪念日" in message.body
    assert at(2027, 4, 7) == office.timers()["care.own_date"]
    assert at(2026, 4, 7, 21) == message.expires_at


def test_a_date_that_is_dropped_is_greeted_no_more(office):
    office.contact(None, addresses=LOG)
    id_ = own(office)
    with office.open() as tx:
        drop_date(tx, tx.care_dates.get(id_, unit="hq"))

    assert {} == office.timers()


def test_with_the_contact_his_dates_are_forgotten(office):
    office.contact(None, addresses=LOG)
    own(office)
    told = {"contact_id": str(CONTACT), "customer_id": str(CUSTOMER), "org_unit": "shop-01"}
    office.receive("customer.contact_erased.v1", told)

    with office.open() as tx:
        assert [] == list(tx.care_dates.of(CONTACT))
    assert {} == office.timers()


def test_of_two_own_dates_on_one_day_both_are_said(office):
    office.contact(None, addresses=LOG)
    own(office)
    own(office)
    office.fire(at=at(2026, 4, 7))

    assert 2 == len(office.ledger(reason="own_date"))


def test_who_has_left_is_not_awaited(office):
    office.contact(None, customer_since="2021-04-07")
    own(office)
    office.contact(None, customer_since="2021-04-07", active=False)

    assert {} == office.timers()


def test_a_day_in_a_lunar_month_is_kept_by_its_own_calendar(office):
    office.contact(None, addresses=LOG)
    own(office, Birthday(BirthdayCalendar.LUNAR, 3, 3))
    office.fire(at=at(2026, 4, 19))

    assert date(2026, 4, 19) == office.only(reason="own_date").planned_at.date()


def test_a_timer_of_nobody_known_does_nothing(office):
    office.contact(None, customer_since="2021-04-07", addresses=LOG)
    with office.open() as tx:
        tx.set_timer("care.own_date", f"care_date/{UUID(int=9)}", tx.now, on=date(2026, 3, 2))
    office.fire(at=office.clock.at)

    assert [] == office.ledger()
