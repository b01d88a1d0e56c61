"""A person who asks for it is erased: no table of the service holds anything of him."""

import pytest
from sqlalchemy import select

from customer.adapters.tables import metadata
from shared.tables import outbox, plumbing

from .river import CUSTOMERS, RIVER

NAME, PHONE, EMAIL = "Canarina Quillfeather", "+8613912340987", "canary.wang@canary.example.com"
CANARIES = (NAME, PHONE, PHONE[3:], EMAIL, "Quillfeather")
PERSON = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "birthday": {"calendar": "solar", "month": 3, "day": 9},
}
CONSUMER = {**RIVER, "number": "C-1", "kind": "consumer", "name": NAME, "contacts": [PERSON]}


@pytest.fixture
def officer(as_):
    return as_("data_protection_officer")


def held(sessions):
    """Which tables hold one of the canaries."""
    found = []
    with sessions() as session:
        for table in [*metadata.sorted_tables, *plumbing.sorted_tables]:
            rows = repr([tuple(row) for row in session.execute(select(table))])
            if any(canary in rows for canary in CANARIES):
                found.append(table.name)
    return sorted(found)


# S27
def test_no_table_holds_anything_of_a_consumer_who_was_erased(sales, officer, desk, sessions):
    made = sales.post(CUSTOMERS, CONSUMER).json
    path = f"{CUSTOMERS}/{made['customer_id']}"
    contact = sales.get(f"{path}/contacts").json["items"][0]
    sales.patch(f"{path}/contacts/{contact['contact_id']}", {"language": "en"}, version=1)
    assert {"contacts", "customers", "outbox"} <= set(held(sessions))

    answer = officer.post(f"{path}/erasures", {"reason": "he asked for it"})

    assert 200 == answer.status_code, answer.json
    assert (1, True) == (answer.json["contacts"], answer.json["file"])
    assert all(one["records"] and one["reason"] for one in answer.json["kept"])
    assert [] == held(sessions)
    (erased,) = desk.told("contact_erased")
    assert {"contact_id", "customer_id", "org_unit"} == set(erased)
    (audited,) = desk.audited("person.erased")
    assert [contact["contact_id"]] == audited.detail["contact_ids"]


# S27: what is told of him travels where he was told, and behind it.
def test_the_erasure_is_told_in_private_behind_all_that_was_told(sales, officer, sessions):
    path = f"{CUSTOMERS}/{sales.post(CUSTOMERS, CONSUMER).json['customer_id']}"
    officer.post(f"{path}/erasures", {"reason": "he asked for it"})

    with sessions() as session:
        of = outbox.c
        query = select(of.type, of.sequence, of.private).where(of.subject.like("contact/%"))
        rows = [tuple(row) for row in session.execute(query.order_by(of.position))]
    assert rows == [
        ("customer.contact_changed.v1", 1, True),
        ("customer.contact_erased.v1", 2, True),
    ]


# S27
def test_one_contact_of_a_company_is_erased_alone(sales, officer, desk, sessions):
    path = f"{CUSTOMERS}/{sales.post(CUSTOMERS, RIVER).json['customer_id']}"
    sales.post(f"{path}/contacts", PERSON)
    second = sales.get(f"{path}/contacts").json["items"][1]

    whole = officer.post(f"{path}/erasures", {"reason": "he asked for it"})
    asked = {"reason": "he asked for it", "contact_id": second["contact_id"]}
    answer = officer.post(f"{path}/erasures", asked)

    assert (422, "not_a_person") == (whole.status_code, whole.json["code"])
    assert (1, False) == (answer.json["contacts"], answer.json["file"])
    assert [] == held(sessions)
    names = [one["name"] for one in sales.get(f"{path}/contacts").json["items"]]
    assert ["李**", "e***"] == names
    assert "河畔家居" == sales.get(path).json["name"]
