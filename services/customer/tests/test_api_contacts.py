"""Contacts over HTTP: masked, changed, revealed for a reason."""

import pytest

from shared.ids import new_id

from .desk import HQ
from .river import CUSTOMERS, RIVER


def test_contacts_are_masked_for_everybody(as_, path, contact):
    assert contact == {
        "contact_id": contact["contact_id"],
        "customer_id": path.rpartition("/")[2],
        "name": "李**",
        "phone": "+86138****1234",
        "email": "l****@example.com",
        "preferred_channel": None,
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "has_birthday": True,
        "active": True,
        "decision_role": None,
        "job_title": None,
        "unreachable": [],
    }
    for role in ("customer_service_team", "sales_back_office", "department_head", "auditor"):
        assert contact == as_(role).get(f"{path}/contacts/{contact['contact_id']}").json


@pytest.mark.rule("CF-08")
def test_a_contact_is_shown_in_full_for_a_reason_that_is_kept(as_, path, contact, desk):
    head = as_("department_head")

    full = head.post(
        f"{path}/contacts/{contact['contact_id']}/reveals", {"reason": "calls about a delivery"}
    )
    blank = head.post(f"{path}/contacts/{contact['contact_id']}/reveals", {"reason": "  "})

    assert ("李华明", "+8613800001234", "lihua@example.com") == (
        full.json["name"],
        full.json["phone"],
        full.json["email"],
    )
    assert {"calendar": "lunar", "month": 8, "day": 15, "leap_month": False} == full.json[
        "birthday"
    ]
    (entry,) = desk.audited("contact.revealed")
    assert (HQ.id, f"contact/{contact['contact_id']}", {"reason": "calls about a delivery"}) == (
        entry.actor,
        entry.subject,
        entry.detail,
    )
    assert 422 == blank.status_code


def test_the_name_of_a_consumer_is_masked(sales):
    made = sales.post(CUSTOMERS, {**RIVER, "kind": "consumer", "name": "王小明", "contacts": []})

    assert "王**" == made.json["name"]


def test_a_contact_is_told_in_private_with_all_that_reaches_him(sales, path, contact, desk):
    changed = sales.patch(
        f"{path}/contacts/{contact['contact_id']}",
        {"email": None, "birthday": None, "language": "en", "active": False},
        version=1,
    )
    added = sales.post(f"{path}/contacts", {"name": "Wang Fang", "zone": "Europe/London"})

    first, second, third = desk.told("contact_changed")
    assert (200, 201) == (changed.status_code, added.status_code)
    assert [
        {"channel": "sms", "address": "+8613800001234"},
        {"channel": "smtp", "address": "lihua@example.com"},
        {"channel": "log", "address": contact["contact_id"]},
    ] == first["addresses"]
    assert ("李华明", "shop-01", True) == (first["name"], first["org_unit"], first["active"])
    assert [
        {"channel": "sms", "address": "+8613800001234"},
        {"channel": "log", "address": contact["contact_id"]},
    ] == second["addresses"]
    assert (None, "en", False) == (second["birthday"], second["language"], second["active"])
    assert ("zh-CN", "Europe/London") == (third["language"], third["zone"])


def test_a_customer_who_moves_takes_his_contacts_along(sales, path, desk):
    sales.patch(path, {"org_unit": "shop-04"}, version=1)

    assert ["shop-01", "shop-04"] == [one["org_unit"] for one in desk.told("contact_changed")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"birthday": {"calendar": "solar", "month": 2, "day": 30}}, "birthday_impossible"),
        ({"phone": "12-34"}, "phone_invalid"),
        ({"email": "nobody"}, "invalid"),
        ({"zone": "Mars/Olympus"}, "invalid"),
        ({"language": "a language"}, "invalid"),
        ({"name": "two\nlines"}, "invalid"),
        ({"name": " "}, "invalid"),
        ({}, "invalid"),
        ({"customer_id": str(new_id())}, "invalid"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(sales, path, contact, change, code):
    refused = sales.patch(f"{path}/contacts/{contact['contact_id']}", change, version=1)

    assert (422, code) == (refused.status_code, refused.json["code"])
