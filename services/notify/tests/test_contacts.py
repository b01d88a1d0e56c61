"""A person who was erased is forgotten: not written to again, and nothing of him stays (S27)."""

from sqlalchemy import select

from notify.adapters.columns import metadata
from notify.domain.contacts import Contact
from notify.domain.message_states import State, Why
from notify.use_cases.care_dates import BIRTHDAY_TIMER

from .conftest import CONTACT, CUSTOMER

MAIL = [{"channel": "smtp", "address": "li@example.com"}]
ERASED = {"contact_id": str(CONTACT), "customer_id": str(CUSTOMER), "org_unit": "shop-01"}


def erase(office):
    office.receive("customer.contact_erased.v1", ERASED)


def held(office):
    with office.sessions() as session:
        tables = metadata.sorted_tables
        rows = repr([tuple(row) for table in tables for row in session.execute(select(table))])
        rows += repr([one.addresses for one in session.scalars(select(Contact))])  # Encrypted.
    return [one for one in ("李华", "li@example.com") if one in rows]


def test_who_is_erased_is_blank_and_greeted_no_more(office):
    office.contact({"month": 3, "day": 10}, addresses=MAIL)
    office.fire(at=office.timers()[BIRTHDAY_TIMER])
    assert ["李华", "li@example.com"] == held(office)

    erase(office)
    office.send()

    assert [] == held(office)
    message = office.only(reason="birthday")
    assert (State.SUPPRESSED, Why.CONTACT_INACTIVE) == (message.state, message.state_reason)
    assert BIRTHDAY_TIMER not in office.timers()


def test_an_erasure_of_nobody_known_changes_nothing(office):
    erase(office)
    erase(office)

    assert [] == office.ledger()
