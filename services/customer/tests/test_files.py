"""Files over HTTP: from a draft to a complete one, masked, reviewed, stale, voided."""

from datetime import timedelta

import pytest

from customer.domain.files import CustomerFile
from shared.ids import new_id

from .desk import HQ, at
from .river import CUSTOMERS, RIVER

FIRST = {
    "address": "12 River Road",
    "legal_representative": "Chen Wei",
    "business_scope": "Sale of furniture.",
}


def fill(caller, path, values, version=0, reason="first contact", **more):
    listed = [{"field": field, "value": value} for field, value in values.items()]
    body = {"values": listed, "reason": reason, **more}
    return caller.patch(f"{path}/file", body, version=version)


def values(shown):
    return {one["field"]: one["value"] for one in shown["fields"] if one["filled"]}


@pytest.mark.rule("CF-01", "CF-04")
def test_a_file_is_a_draft_until_the_required_fields_are_filled(sales, path):
    begun = sales.get(f"{path}/file")
    assert ("draft", 0, '"0"') == (
        begun.json["state"],
        begun.json["entry_seconds"] or 0,
        begun.headers["ETag"],
    )
    assert ["address", "legal_representative", "business_scope"] == begun.json["missing"]
    assert 18 == begun.json["completeness"]  # Two of eleven: the name and a contact.

    half = fill(sales, path, {"address": FIRST["address"]})
    whole = fill(sales, path, FIRST, version=1)

    assert ("draft", '"1"') == (half.json["state"], half.headers["ETag"])
    assert ("complete", [], 45) == (
        whole.json["state"],
        whole.json["missing"],
        whole.json["completeness"],
    )
    assert 0 == whole.json["entry_seconds"]
    emptied = fill(sales, path, {"business_scope": None}, version=2, reason="was wrong")
    assert ("draft", ["business_scope"]) == (emptied.json["state"], emptied.json["missing"])


@pytest.mark.rule("CF-04")
def test_it_is_known_how_long_the_entry_of_a_file_took():
    began = at(2026, 3, 2, 10)
    file = CustomerFile(customer_id=new_id(), opened_at=began, opened_by="x")
    assert file.entry_time(began) is None

    file.recount((), now=at(2026, 3, 4, 11))

    assert timedelta(days=2, hours=1) == file.entry_time(began)


def test_a_file_is_changed_by_who_saw_its_present_version(sales, path):
    fill(sales, path, FIRST)

    stale = fill(sales, path, {"address": "elsewhere"}, version=0)

    assert (412, "version_stale") == (stale.status_code, stale.json["code"])


@pytest.mark.rule("CF-04")
def test_the_sales_team_begins_files_and_others_only_go_on(as_, path):
    office = as_("sales_back_office")

    refused = fill(office, path, FIRST)
    fill(as_("sales_team"), path, FIRST)
    allowed = fill(office, path, {"budget": "30"}, version=1)

    assert (403, "file_operation_refused", "CF-04", ["sales_team"]) == (
        refused.status_code,
        refused.json["code"],
        refused.json["because"]["rule"],
        refused.json["allowed"],
    )
    assert 200 == allowed.status_code
    keyed = fill(as_("account_manager"), path, {"budget": "31"}, version=2)
    assert (403, "file_operation_refused") == (keyed.status_code, keyed.json["code"])


@pytest.mark.rule("CF-08")
def test_what_is_personal_is_masked_and_revealed_for_a_reason_alone(as_, sales, path, desk):
    fill(sales, path, {**FIRST, "budget": 30})
    head, office = as_("department_head"), as_("sales_back_office")

    shown = sales.get(f"{path}/file")
    revealed = head.post(f"{path}/file/reveals", {"reason": "a contract"})
    refused = office.post(f"{path}/file/reveals", {"reason": "a contract"})

    masked = values(shown.json)
    assert ("****", "****", "30") == (
        masked["address"],
        masked["legal_representative"],
        masked["budget"],
    )
    assert FIRST.items() <= values(revealed.json).items()
    assert (403, "CF-08") == (refused.status_code, refused.json["because"]["rule"])
    (kept,) = desk.audited("file.revealed")
    assert (HQ.id, {"reason": "a contract"}) == (kept.actor, kept.detail)


@pytest.mark.rule("CF-17", "CF-20")
def test_the_history_tells_who_changed_what_from_what_to_what_and_why(as_, sales, path):
    sales.patch(path, {"industry": "hotel", "reason": "asked him"}, version=1)
    fill(sales, path, {"budget": "30", "address": "12 River Road"})
    fill(sales, path, {"budget": "40"}, version=1, reason="a letter")

    changes = as_("auditor").get(f"{path}/changes").json["items"]

    told = [(one["field"], one["old"], one["new"], one["reason"]) for one in changes]
    assert ("budget", "30", "40", "a letter") == told[0]
    assert {
        ("budget", "30", "40", "a letter"),
        ("budget", None, "30", "first contact"),
        ("address", None, None, "first contact"),
        ("industry", "furniture", "hotel", "asked him"),
    } == set(told)
    assert {HQ.id} == {one["by"] for one in changes}
    assert [True] == [one["personal"] for one in changes if one["field"] == "address"]


@pytest.mark.rule("CF-17")
def test_the_departments_are_told_which_fields_changed_and_whether_that_is_major(sales, path, desk):
    sales.patch(path, {"industry": "hotel"}, version=1)
    fill(sales, path, {"legal_representative": "Chen Wei", "budget": "3"})
    sales.patch(path, {"name": "River and Sons"}, version=2)

    told = [(sorted(one["fields"]), one["major"]) for one in desk.told("changed")]
    assert told == [
        (["industry"], False),
        (["budget", "legal_representative"], True),
        (["name"], True),
    ]


def test_the_name_of_a_person_is_not_readable_in_the_history(sales, desk):
    person = {**RIVER, "number": "C-1", "kind": "consumer", "name": "Li Hua"}
    made = sales.post(CUSTOMERS, person).json
    path = f"{CUSTOMERS}/{made['customer_id']}"
    sales.patch(path, {"name": "Li Huaming"}, version=1)

    (change,) = sales.get(f"{path}/changes").json["items"]
    assert ("name", True, None, None) == (
        change["field"],
        change["personal"],
        change["old"],
        change["new"],
    )
    assert "****" == values(sales.get(f"{path}/file").json)["name"]


@pytest.mark.rule("CF-06", "CF-14")
def test_a_file_that_nobody_reviews_for_a_year_is_stale_until_somebody_does(sales, path, desk):
    fill(sales, path, FIRST)
    subject = f"customer/{path.rpartition('/')[2]}"
    assert at(2027, 3, 2, 9) == desk.timers()["file.review", subject]

    while desk.fire() != "file.review":
        pass

    assert "stale" == sales.get(f"{path}/file").json["state"]
    (told,) = desk.told("file_stale")
    assert ("CF-06", "000 S17") == (told["because"]["rule"], told["because"]["clause"])
    done = sales.post(f"{path}/file/reviews", {})
    assert (200, "complete") == (done.status_code, done.json["state"])


def test_a_draft_is_filled_before_it_is_reviewed(sales, path):
    refused = sales.post(f"{path}/file/reviews", {})

    assert (409, "file_incomplete") == (refused.status_code, refused.json["code"])
    assert "address" in refused.json["missing"]


@pytest.mark.rule("CF-26", "CF-31")
def test_in_the_medical_pack_the_back_office_keeps_files_and_the_head_voids_them(as_, path, desk):
    desk.follow("region-north", "medical", "generic")
    office, head, sales = as_("sales_back_office"), as_("department_head"), as_("sales_team")

    assert 403 == fill(sales, path, FIRST).status_code
    assert 200 == fill(office, path, FIRST).status_code
    assert 403 == office.post(f"{path}/file/voids", {"reason": "twice"}).status_code
    assert 200 == office.post(f"{path}/file/reveals", {"reason": "a call"}).status_code
    gone = head.post(f"{path}/file/voids", {"reason": "entered twice"})

    assert (200, "void") == (gone.status_code, gone.json["state"])
    after = fill(office, path, {"budget": "3"}, version=int(gone.headers["ETag"].strip('"')))
    assert (409, "file_void") == (after.status_code, after.json["code"])
    assert [{"reason": "entered twice"}] == [one.detail for one in desk.audited("file.voided")]


@pytest.mark.rule("CF-27")
def test_in_the_medical_pack_a_file_is_reviewed_every_half_year(as_, path, desk):
    desk.follow("region-north", "medical", "generic")
    rest = {"company_profile": "old", "operating_status": "good", "contract_execution": "good"}
    filled = fill(as_("sales_back_office"), path, {**FIRST, **rest})

    assert ("complete", "2026-09-02T01:00:00+00:00") == (
        filled.json["state"],
        filled.json["review_due_at"],
    )


def test_a_contact_who_can_be_reached_is_part_of_a_complete_file(sales, path, contact):
    fill(sales, path, FIRST)
    one = f"{path}/contacts/{contact['contact_id']}"

    sales.patch(one, {"active": False}, version=1)

    assert ["contacts"] == sales.get(f"{path}/file").json["missing"]
    assert "draft" == sales.get(f"{path}/file").json["state"]


@pytest.mark.parametrize(
    "body",
    [
        {"values": [{"field": "no_such_field", "value": 1}], "reason": "x"},
        {"values": [{"field": "budget", "value": "much"}], "reason": "x"},
        {"values": [{"field": "name", "value": "Other"}], "reason": "x"},
        {"values": [{"field": "budget", "value": "3"}]},
        {"values": [], "reason": " "},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(sales, path, desk, body):
    before = desk.types()

    refused = sales.patch(f"{path}/file", body, version=0)

    assert 422 == refused.status_code
    assert before == desk.types()
