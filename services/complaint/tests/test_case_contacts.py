"""Whom to write to about a case, and until when: CF-10, CP-24."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from complaint.adapters.tables import case_contacts as table
from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.case_contacts import NamedContact
from complaint.domain.closing import CaseClosed
from complaint.domain.staff import NotOfThisTier
from complaint.use_cases.case_contact_changes import change_contact
from complaint.use_cases.case_contacts import FORGET
from shared.envelope import plain
from shared.reading_envelopes import received
from shared.tables import audit
from shared.testing_inbox import envelope

LIHUA = NamedContact(name="李女士", email="lihua@example.com")
AGENT = NamedContact(name="Mr Wang", email="wang@example.com", language="en")
DESCRIBED, ERASED = "complaint.case_contact_described.v1", "complaint.case_contact_erased.v1"
GIVEN = {"name": LIHUA.name, "email": LIHUA.email}


def change(desk, complaint, contact=AGENT, by="assistant-north"):
    return desk.do(change_contact, complaint.id, by=desk.caller(by), contact=contact)


def kept(desk, complaint):
    with desk.open() as tx:
        found = tx.case_contacts.find(complaint.id)
        return found and (found.name, found.email, found.language)


@pytest.mark.rule("CP-24")
def test_whoever_the_form_names_is_told_to_notify_alone_in_the_zone_of_the_unit(desk):
    complaint = desk.file(contact=LIHUA)

    (told,) = desk.told(DESCRIBED)
    assert told == {
        "kind": "complaint",
        "case_id": str(complaint.id),
        "org_unit": "shop-01",
        "customer_id": None,
        "name": "李女士",
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "addresses": [{"channel": "smtp", "address": "lihua@example.com"}],
    }
    assert desk.journal(DESCRIBED) == []


def test_an_anonymous_complaint_is_described_without_an_address_and_with_its_customer(desk):
    customer = uuid4()
    desk.file(customer_id=customer)

    (told,) = desk.told(DESCRIBED)
    assert (told["name"], told["addresses"], told["customer_id"]) == ("", [], str(customer))


def test_name_and_address_stand_encrypted(desk):
    complaint = desk.file(contact=LIHUA)

    with desk.sessions() as session:
        row = session.execute(select(table)).one()
    assert not {LIHUA.name.encode(), LIHUA.email.encode()} & {bytes(row.name), bytes(row.email)}
    assert kept(desk, complaint) == ("李女士", "lihua@example.com", "zh-CN")


@pytest.mark.rule("CP-24")
def test_the_agent_who_stands_in_is_written_to_from_then_on(desk):
    complaint = desk.file(contact=LIHUA)
    before = desk.read(complaint).version
    change(desk, complaint)

    assert [one["name"] for one in desk.told(DESCRIBED)] == ["李女士", "Mr Wang"]
    assert kept(desk, complaint) == ("Mr Wang", "wang@example.com", "en")
    assert desk.read(complaint).version == before + 1
    assert desk.journal("contact_changed") == [{}]


def test_only_those_who_handle_complaints_say_whom_to_write_to(desk):
    complaint = desk.file(contact=LIHUA)
    with pytest.raises(NotOfThisTier):
        change(desk, complaint, by="leader")

    assert kept(desk, complaint)[0] == "李女士"


@pytest.mark.parametrize("steps", range(8))
def test_the_contact_changes_in_every_state_but_the_last(desk, steps):
    complaint = desk.file()
    walk = [
        lambda: desk.contact(complaint),
        lambda: desk.request_field_work(complaint),
        lambda: desk.tell(complaint),
        lambda: desk.answer(complaint, 1),
        lambda: desk.review(complaint, "supervisor"),
        lambda: desk.archive(complaint, "clerk"),
    ]
    for step in walk[:steps]:
        step()
    if steps < len(walk):
        change(desk, complaint)
        assert kept(desk, complaint)[0] == "Mr Wang"
        return
    with pytest.raises(CaseClosed):
        change(desk, complaint)
    assert kept(desk, complaint) is None


def closed(desk, **given):
    complaint = desk.file(**given)
    desk.contact(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 1)
    desk.review(complaint, "supervisor")
    return desk.archive(complaint, "clerk")


@pytest.mark.rule("CF-10")
def test_a_year_after_its_end_a_case_does_not_know_any_more_whom_to_write_to(desk):
    complaint = closed(desk, contact=LIHUA)
    assert desk.all_timers()[FORGET] == desk.now + timedelta(days=365)
    assert desk.told(ERASED) == []

    desk.wake(FORGET)
    assert kept(desk, complaint) is None
    assert [one["case_id"] for one in desk.told(ERASED)] == [str(complaint.id)]
    assert desk.journal("contact_forgotten") == [{}]


@pytest.mark.rule("CF-10")
def test_a_case_that_is_taken_up_again_knows_him_still(desk):
    desk.follow("hq", "oversight", "franchise", "generic")
    complaint = closed(desk, contact=LIHUA)
    assert FORGET in desk.all_timers()
    desk.reopen(complaint)

    assert FORGET not in desk.all_timers()
    assert kept(desk, complaint)[0] == "李女士"


@pytest.mark.rule("CF-10")
@pytest.mark.parametrize("end", [False, True])
def test_who_asks_for_it_is_forgotten_however_far_his_case_is(desk, as_, end):
    complaint = closed(desk, contact=LIHUA) if end else desk.file(contact=LIHUA)
    me = as_("assistant-north")
    answer = me.post(f"/v1/cases/{complaint.id}/contact-erasures", {"reason": "he asked"})

    assert (answer.status_code, answer.json) == (201, {})
    assert kept(desk, complaint) is None
    assert [one["case_id"] for one in desk.told(ERASED)] == [str(complaint.id)]
    with desk.sessions() as session:
        entry = session.execute(select(audit)).one()
    assert (entry.action, entry.detail) == ("case_contact.erased", {"reason": "he asked"})


def unreached(desk, complaint, reason, message_id=None):
    type_ = "notify.customer_unreached.v1"
    data = {
        "message_id": message_id or uuid4(),
        "case_kind": "complaint",
        "case_id": complaint.id,
        "message_kind": "case_received",
        "reason": reason,
    }
    subscription = SUBSCRIPTIONS[type_]
    event = received(envelope(type_, data=plain(data)))
    with desk.open() as tx:
        subscription.handler(tx, event, subscription.reads.load(event.data))


@pytest.mark.rule("PT-26")
def test_the_handler_has_to_call_whoever_cannot_be_written_to(desk):
    complaint = desk.file()
    message = uuid4()
    unreached(desk, complaint, "no_address")
    unreached(desk, complaint, "smtp_550", message)

    first, second = desk.told("complaint.customer_call_needed.v1")
    assert first["handler_id"] == str(desk.people["assistant-north"])
    assert (first["reason"], first["occasion"]) == ("no_address", "no_address")
    assert (second["reason"], second["occasion"]) == ("smtp_550", str(message))
    noted = [one["reason"] for one in desk.journal("customer_unreached")]
    assert noted == ["no_address", "smtp_550"]


def test_nobody_has_to_call_about_a_case_that_is_closed(desk):
    complaint = closed(desk)
    unreached(desk, complaint, "no_address")

    assert desk.told("complaint.customer_call_needed.v1") == []
    assert len(desk.journal("customer_unreached")) == 1


def test_over_http_he_is_seen_masked_and_changed(as_, desk):
    me = as_("assistant-north")
    filed = me.post(
        "/v1/complaints",
        {
            "org_unit": "shop-01",
            "complainant": "consumer",
            "channel": "email",
            "about": "product_quality",
            "contact": GIVEN,
        },
    ).json
    shown = me.get(f"/v1/cases/{filed['id']}/contact").json
    assert shown == {"name": "李**", "email": "l****@example.com", "language": "zh-CN"}
    changed = me.post(
        f"/v1/cases/{filed['id']}/contacts",
        {"name": "Wang Fang", "email": "wf@example.org", "language": "en"},
    )
    assert (changed.status_code, changed.json["language"]) == (201, "en")
    assert changed.json["email"] == "w****@example.org"


def test_a_case_that_names_nobody_says_so(as_, filed):
    answer = as_("assistant-north").get(f"/v1/cases/{filed['id']}/contact")

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", "a@b\r\nBcc: c@d.example"),
        ("language", "zh_CN"),
        ("language", ""),
        ("name", ""),
    ],
)
def test_an_address_that_cannot_be_written_to_is_refused(as_, filed, field, value):
    asked = {**GIVEN, "language": "zh-CN", field: value}
    answer = as_("assistant-north").post(f"/v1/cases/{filed['id']}/contacts", asked)

    assert (answer.status_code, list(answer.json["errors"]["json"])) == (422, [field])
