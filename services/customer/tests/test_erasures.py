"""A person who asks for it is erased: no table of the service holds anything of him."""

import pytest
from sqlalchemy import Text, select

from customer.adapters.erasures import DECIDED, WRITTEN
from customer.adapters.tables import contacts, metadata
from shared.tables import outbox, plumbing

from .river import CUSTOMERS, RIVER
from .talks import communicated, issue

NAME, PHONE, EMAIL = "Canarina Quillfeather", "+8613912340987", "canary.wang@canary.example.com"
CANARIES = (NAME, PHONE, PHONE[3:], EMAIL, "Quillfeather")
PERSON = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "birthday": {"calendar": "solar", "month": 3, "day": 9},
}
ADDRESS = {"field": "address", "value": NAME}
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
    with sessions() as session:
        encrypted = select(contacts.c.phone, contacts.c.phone_index, contacts.c.email)
        assert [(None, None, None)] == list(session.execute(encrypted))
    (erased,) = desk.told("contact_erased")
    assert {"contact_id", "customer_id", "org_unit"} == set(erased)
    (audited,) = desk.audited("person.erased")
    assert [contact["contact_id"]] == audited.detail["contact_ids"]


# S27
def test_what_others_wrote_of_a_consumer_goes_with_him(sales, officer, desk, sessions):
    path = f"{CUSTOMERS}/{sales.post(CUSTOMERS, CONSUMER).json['customer_id']}"
    contact = sales.get(f"{path}/contacts").json["items"][0]["contact_id"]
    profile = {"job_title": NAME, "preferences": NAME, "purchase_habits": NAME}
    said = {"minutes": NAME, "feedback": NAME, "issues": [issue(text=NAME)]}
    need = {"weight": "critical", "satisfiable_now": True, "dimension": "quality"}
    need |= {"origin": "interview", "units": ["region-north"], "text": NAME, "wanted_by": NAME}
    archive = {"reason": f"for {NAME}"}
    desk.follow("region-north", "factory", "generic")
    for answer in (
        sales.patch(f"{path}/contacts/{contact}", profile, version=1),
        sales.patch(f"{path}/file", {"values": [ADDRESS], "reason": NAME}, version=0),
        communicated(sales, path, **said),
        sales.post(f"{path}/needs", need),
        sales.post(f"{path}/status-changes", {"kind": "cancellation", "words": NAME}),
        sales.post(f"{path}/file/snapshots", archive),
    ):
        assert answer.status_code in (200, 201), answer.text
    written = {"communications", "file_snapshots", "issues", "needs", "status_cases"}
    assert written <= set(held(sessions))

    officer.post(f"{path}/erasures", {"reason": "he asked for it"})

    assert [] == held(sessions)


def test_every_text_on_a_customer_is_emptied_or_kept_for_a_reason():
    of_customers = [table for table in metadata.sorted_tables if "customer_id" in table.c]
    texts = {(one.name, c.name) for one in of_customers for c in one.c if isinstance(c.type, Text)}

    emptied = {(table.name, column) for table, blanks in WRITTEN.items() for column in blanks}
    of_contacts = {("contacts", "preferences"), ("contacts", "purchase_habits")}
    kept = {(table.name, column.name) for table in DECIDED for column in table.c}
    assert set() == texts - emptied - of_contacts - kept


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
