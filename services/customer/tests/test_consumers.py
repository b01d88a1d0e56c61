"""What dispatch and notify tell, and that each of their events can be read."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from customer.adapters.tables import contact_history
from customer.consumers import SUBSCRIPTIONS
from shared.ids import new_id
from shared.testing import CALENDAR, examples

from .desk import PEOPLE, SHANGHAI, at

UNIT = {"unit": "shop-09", "parent": "region-south", "kind": "shop", "name": "Shop 09"}


def test_a_new_unit_can_have_customers_at_once(desk):
    desk.receive("dispatch.org_unit_changed.v1", **UNIT, calendar=None)

    customer = desk.register(org_unit="shop-09", annual_amount=Decimal(500))

    assert PEOPLE["south"] == desk.visit(customer).visitor_id


def test_other_hours_of_a_unit_move_the_reminders_of_its_visits(desk):
    customer = desk.register(annual_amount=Decimal(500))
    visit = desk.visit(customer)
    late = {**CALENDAR, "week": {str(day): [["10:30", "19:00"]] for day in range(5)}}

    desk.receive(
        "dispatch.org_unit_changed.v1",
        unit="region-north",
        parent="sales-centre",
        kind="department",
        name="North",
        calendar=late,
    )

    assert desk.timers() == {
        ("visit.remind", f"visit/{visit.id}"): at(2026, 3, 30, 10, 30),
        ("visit.overdue", f"visit/{visit.id}"): at(2026, 4, 7, 10, 30),
    }


def test_the_visits_of_somebody_who_leaves_go_to_others(desk):
    customer = desk.register(annual_amount=Decimal(500), visitor_id=PEOPLE["north"])
    before = desk.visit(customer)

    desk.receive(
        "dispatch.person_changed.v1",
        person_id=str(PEOPLE["north"]),
        active=False,
        posts=[],
        superior_id=None,
    )

    after = desk.visit(customer)
    assert (PEOPLE["north"], PEOPLE["south"]) == (before.visitor_id, after.visitor_id)
    assert before.due_on == after.due_on


def test_somebody_told_anew_holds_only_the_posts_told_last(desk):
    told = {"person_id": str(PEOPLE["north"]), "active": True, "superior_id": None}
    desk.receive(
        "dispatch.person_changed.v1",
        **told,
        posts=[{"unit": "region-north", "role": "sales_team"}],
    )

    customer = desk.register(annual_amount=Decimal(500))

    assert PEOPLE["south"] == desk.visit(customer).visitor_id


@pytest.mark.parametrize("told_customer", [True, False])
def test_a_greeting_is_kept_once_in_the_history_of_its_customer(desk, told_customer):
    customer = desk.register(contacts=[{"name": "Li Hua"}])
    with desk.open() as tx:
        (contact,) = tx.contacts.of(customer.id)
    sent = {
        "message_id": str(new_id()),
        "contact_id": str(contact.id),
        "customer_id": str(customer.id) if told_customer else None,
        "occasion": "birthday",
        "year": 2026,
        "sent_at": desk.now.isoformat(),
    }

    for _ in range(2):
        desk.receive("notify.care_sent.v1", **sent)

    with desk.sessions() as session:
        kept = session.execute(select(contact_history)).one()
    assert (customer.id, contact.id, "birthday", 2026) == (
        kept.customer_id,
        kept.contact_id,
        kept.occasion,
        kept.year,
    )
    assert desk.now == kept.sent_at.astimezone(SHANGHAI)


def test_a_greeting_to_somebody_else_is_not_kept(desk):
    desk.receive(
        "notify.care_sent.v1",
        message_id=str(new_id()),
        contact_id=str(new_id()),
        customer_id=None,
        occasion="birthday",
        year=2026,
        sent_at=desk.now.isoformat(),
    )

    with desk.sessions() as session:
        assert [] == session.execute(select(contact_history)).all()


@pytest.mark.parametrize("type_", SUBSCRIPTIONS)
def test_the_examples_of_what_is_listened_to_can_be_read(type_):
    for example in examples(type_):
        assert SUBSCRIPTIONS[type_].reads.load({**example, "of_next_year": 1})
