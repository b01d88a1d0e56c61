"""Customers and their visits over HTTP: a whole story, and what is refused."""

import pytest

from .desk import HQ, PEOPLE, SECTIONS
from .river import CUSTOMERS, GRADES, RIVER


def test_the_answer_to_a_registration_tells_the_class_and_why(sales):
    response = sales.post(CUSTOMERS, RIVER)

    shown = response.json
    assert (201, '"1"') == (response.status_code, response.headers["ETag"])
    assert shown.pop("customer_id")
    assert shown == {
        "number": "F-0001",
        "name": "河畔家居",
        "kind": "franchisee",
        "industry": "furniture",
        "region": None,
        "annual_amount": "500",
        "grades": GRADES,
        "org_unit": "shop-01",
        "owner_id": None,
        "visitor_id": None,
        "since": "2020-05-31",
        "registered_at": "2026-03-02T02:00:00+00:00",
    }


def test_a_customer_goes_from_registration_to_the_next_visit(as_, river, path, desk):
    north = as_("customer_service_team", unit="region-north", who="north")
    (visit,) = north.get("/v1/visits?visitor=me").json["items"]
    assert ("2026-03-31", "planned", river["customer_id"]) == (
        visit["due_on"],
        visit["state"],
        visit["customer_id"],
    )

    done = north.post(
        f"/v1/visits/{visit['visit_id']}/completions",
        {
            "completed_on": "2026-03-02",
            "mode": "telephone",
            "report": "Likes the new curtains.\nWants samples.",
            "record": {"sections": SECTIONS},
        },
    )

    assert (200, "done", str(PEOPLE["north"])) == (
        done.status_code,
        done.json["state"],
        done.json["completed_by"],
    )
    (following,) = north.get("/v1/visits?visitor=me&state=planned").json["items"]
    assert "2026-04-02" == following["due_on"]
    kinds = [one["kind"] for one in north.get(f"{path}/timeline").json["items"]]
    graded = ["customer.class_changed.v1"] * len(GRADES)
    assert kinds == ["customer.registered.v1", *graded, "visit_completed"]
    kinds = [
        one["kind"] for one in north.get(f"/v1/visits/{visit['visit_id']}/timeline").json["items"]
    ]
    assert kinds == ["customer.visit_planned.v1", "customer.visit_completed.v1"]
    again = north.post(
        f"/v1/visits/{visit['visit_id']}/completions",
        {
            "completed_on": "2026-03-02",
            "mode": "telephone",
            "report": "again",
            "record": {"sections": SECTIONS},
        },
    )
    assert (409, "wrong_state", []) == (
        again.status_code,
        again.json["code"],
        again.json["allowed"],
    )


def test_a_change_needs_the_version_that_was_seen(sales, path):
    changed = sales.patch(path, {"annual_amount": "99.99"}, version=1)
    stale = sales.patch(path, {"annual_amount": "700"}, version=1)
    blind = sales.patch(path, {"annual_amount": "700"}, version=1, headers={"If-Match": ""})

    assert (200, "small", '"2"') == (
        changed.status_code,
        changed.json["grades"][1]["grade"],
        changed.headers["ETag"],
    )
    assert [(412, "version_stale")] * 2 == [
        (answer.status_code, answer.json["code"]) for answer in (stale, blind)
    ]


def test_a_number_belongs_to_one_customer_of_the_company(sales, river):
    taken = sales.post(CUSTOMERS, {**RIVER, "org_unit": "shop-03"})

    assert (409, "number_taken") == (taken.status_code, taken.json["code"])


def test_a_registration_sent_again_registers_nobody_twice(sales, desk):
    first = sales.post(CUSTOMERS, RIVER, key="one")
    second = sales.post(CUSTOMERS, RIVER, key="one")

    assert first.json == second.json
    assert "true" == second.headers["Idempotency-Replayed"]
    assert 1 == len(desk.told("registered"))


@pytest.mark.parametrize("unit", ["shop-99", "shop-03"])
def test_a_customer_is_registered_for_units_that_the_caller_sees(as_, unit):
    refused = as_("sales_team", unit="region-north").post(CUSTOMERS, {**RIVER, "org_unit": unit})

    assert (422, "unit_unknown") == (refused.status_code, refused.json["code"])


@pytest.mark.parametrize(
    "change",
    [
        {"annual_amount": "-0.01"},
        {"annual_amount": "0.00001"},
        {"annual_amount": "10000000000.0001"},
        {"annual_amount": "a lot"},
        {"number": "no blanks"},
        {"number": ""},
        {"kind": "rival"},
        {"since": "yesterday"},
        {"name": "x" * 121},
        {"contacts": [{}]},
        {"contacts": [{"name": "Li", "active": False}]},
        {"grades": []},
        {"version": 7},
    ],
)
def test_a_customer_that_cannot_be_is_refused(sales, change, desk):
    refused = sales.post(CUSTOMERS, {**RIVER, **change})

    assert (422, "invalid") == (refused.status_code, refused.json["code"])
    assert [] == desk.types()


@pytest.mark.rule("XC-03")
def test_the_audit_log_keeps_who_changed_which_file(sales, river, path, desk):
    sales.patch(path, {"name": "湖畔家居"}, version=1)
    sales.post(f"{path}/contacts", {"name": "Wang Fang"})

    subject = f"customer/{river['customer_id']}"
    kept = [
        (entry.actor, entry.subject)
        for action in ("customer.registered", "customer.changed")
        for entry in desk.audited(action)
    ]
    assert [(HQ.id, subject), (HQ.id, subject)] == kept
    assert [{"fields": ["name"]}] == [one.detail for one in desk.audited("customer.changed")]
    assert [river["customer_id"]] == [
        one.detail["customer_id"] for one in desk.audited("contact.added")
    ]
