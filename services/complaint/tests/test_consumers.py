"""What dispatch tells of units and persons, and that every event can be read."""

from typing import Any

import pytest
from sqlalchemy import select

from complaint.adapters.tables import staff, staff_posts
from complaint.consumers import SUBSCRIPTIONS
from shared.ids import new_id
from shared.org_units import chain
from shared.testing import CONTRACTS, examples


def receive(desk, event, **data: Any):
    subscription = SUBSCRIPTIONS[f"dispatch.{event}.v1"]
    with desk.open() as tx:
        subscription.handler(tx, None, subscription.reads.load(data))


def test_a_new_unit_can_be_complained_about_at_once(desk):
    receive(
        desk,
        "org_unit_changed",
        unit="shop-09",
        parent="region-north",
        kind="shop",
        name="Shop 09",
        calendar=None,
    )

    complaint = desk.file(org_unit="shop-09")
    with desk.open() as tx:
        units = chain(tx.session, "shop-09")
    assert complaint.number == "shop-09-1"
    assert units == ["shop-09", "region-north", "sales-centre", "hq"]


def posts(desk):
    with desk.sessions() as session:
        return [(row.unit, row.role) for row in session.execute(select(staff_posts))]


def test_the_last_that_is_told_of_a_person_holds(desk):
    person = new_id()
    of = {"person_id": str(person), "superior_id": None}
    before = set(posts(desk))
    receive(
        desk,
        "person_changed",
        **of,
        active=True,
        posts=[{"unit": "shop-01", "role": "franchise_reception_clerk"}],
    )
    nearest = desk.file().handler_id
    receive(desk, "person_changed", **of, active=False, posts=[])

    with desk.sessions() as session:
        active = session.scalars(select(staff.c.active).where(staff.c.person_id == person)).one()
    assert nearest == person
    assert (active, set(posts(desk))) == (False, before)
    assert desk.file().handler_id == desk.people["assistant-north"]


@pytest.mark.parametrize("type_", sorted(SUBSCRIPTIONS))
def test_every_example_of_the_publisher_can_be_read(type_):
    assert (CONTRACTS / f"{type_}.json").exists()
    for example in examples(type_):
        assert SUBSCRIPTIONS[type_].reads.load(example)
