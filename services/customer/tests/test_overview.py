"""A customer from all sides in one answer (CF-05)."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from customer.domain.grading import Purchases
from customer.use_cases.classes import tell_purchases
from shared.ids import new_id

from .desk import PEOPLE
from .teller import Teller

LI = {"name": "Li Hua", "phone": "13800138000", "email": "li.hua@example.org"}


@pytest.fixture
def customer(desk):
    return desk.register(annual_amount=Decimal(500), contacts=[LI], visitor_id=PEOPLE["north"])


@pytest.fixture
def shown(as_, customer):
    def read(role="sales_team", *, unit="hq"):
        return as_(role, unit=unit).get(f"/v1/customers/{customer.id}/overview")

    return read


def file_complaint(desk, customer):
    made = Teller(desk, complaint_id=str(new_id()))
    made.tell("complaint.filed.v1", customer_id=str(customer.id))
    return made


def send_greeting(desk, customer):
    with desk.open() as tx:
        (contact,) = tx.contacts.of(customer.id)
        tx.history.keep(
            new_id(),
            customer_id=customer.id,
            contact_id=contact.id,
            occasion="birthday",
            year=2026,
            sent_at=desk.now,
        )


@pytest.mark.rule("CF-05")
def test_the_file_has_its_four_sections(desk, customer, shown):
    desk.complete(customer, on=date(2026, 3, 2))
    send_greeting(desk, customer)
    told = file_complaint(desk, customer)
    order = Teller(desk, work_order_id=str(new_id()))
    order.tell("dispatch.work_order_opened.v1", customer_id=str(customer.id))
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        tell_purchases(tx, found, Purchases(Decimal(20), 2, date(2026, 3, 1)))

    overview = shown().json

    assert "River Shop" == overview["basic_data"]["customer"]["name"]
    assert 2 == overview["transactions"]["purchases"]["frequency"]
    (visit,), (message,) = overview["communications"].values()
    assert ("2026-03-02", "birthday") == (visit["completed_on"], message["occasion"])
    handling = overview["complaint_handling"]
    assert (1, 1, None) == (handling["complaints"], handling["contacts"], handling["satisfaction"])
    assert told.named["complaint_id"] == handling["open_complaints"][0]["complaint_id"]
    assert "draft" == handling["open_work_orders"][0]["state"]


@pytest.mark.rule("CF-05")
def test_what_is_closed_is_counted_and_no_longer_open(desk, customer, shown):
    told = file_complaint(desk, customer)
    told.tell("complaint.closed.v1", normalised=50)

    handling = shown().json["complaint_handling"]

    assert (1, 50, []) == (
        handling["complaints"],
        handling["satisfaction"],
        handling["open_complaints"],
    )


@pytest.mark.rule("CF-20")
def test_what_he_bought_last_stands_on_the_file(desk, customer, shown):
    assert shown().json["transactions"]["purchases"] is None

    for amount in (20, 30):
        with desk.open() as tx:
            found = tx.customers.get(customer.id, unit="hq")
            tell_purchases(tx, found, Purchases(Decimal(amount), 2, date(2026, 3, 1)))

    assert Decimal(30) == Decimal(shown().json["transactions"]["purchases"]["amount"])


def test_it_says_who_owes_what_next_in_order(desk, customer, shown):
    file_complaint(desk, customer)
    order = Teller(desk, work_order_id=str(new_id()))
    order.tell(
        "dispatch.work_order_opened.v1",
        customer_id=str(customer.id),
        reply_due_at=(desk.now + timedelta(days=900)).isoformat(),
    )

    due = shown().json["due_next"]

    assert ["first_contact", "visit", "work_order"] == [one["kind"] for one in due]
    assert str(PEOPLE["north"]) == due[1]["by"]
    assert [True, False, True] == [one["due_on"] is None for one in due]


def test_it_shows_standing_grades_and_history(customer, shown):
    overview = shown().json

    (membership,) = overview["memberships"]
    assert ("shop-01", "entered") == (membership["unit"], membership["standing"])
    assert "size" in [grade["scheme"] for grade in overview["grades"]]
    assert "customer.registered.v1" == overview["timeline"][-1]["kind"]
    assert f"/v1/customers/{customer.id}/timeline" == overview["links"]["timeline"]


@pytest.mark.rule("CF-05")
def test_of_a_long_history_it_shows_what_happened_last(desk, as_, customer, shown):
    for amount in range(600, 622):
        desk.change(customer, annual_amount=Decimal(amount))
    whole = as_("sales_team").get(f"/v1/customers/{customer.id}/timeline?limit=100").json["items"]
    assert len(whole) > 20

    assert whole[:-21:-1] == shown().json["timeline"]


def test_the_links_lead_to_lists(as_, customer, shown):
    for link in shown().json["links"].values():
        assert "items" in as_("sales_team").get(link).json


def test_persons_are_masked(shown):
    answer = shown().get_data(as_text=True)

    assert not [hidden for hidden in LI.values() if hidden in answer]


def test_a_stranger_sees_nothing(shown):
    assert 404 == shown(unit="region-south").status_code
    assert 403 == shown("customer_portal").status_code


@contextmanager
def counting(engine):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_a_long_history_takes_no_more_statements(desk, customer, shown, sessions):
    file_complaint(desk, customer)
    engine = sessions.kw["bind"]
    with counting(engine) as of_one:
        shown()
    for _ in range(25):
        send_greeting(desk, customer)
        file_complaint(desk, customer)

    with counting(engine) as of_many:
        overview = shown().json

    assert len(of_one) == len(of_many)
    assert 20 == len(overview["complaint_handling"]["open_complaints"])
    assert 26 == overview["complaint_handling"]["complaints"]
