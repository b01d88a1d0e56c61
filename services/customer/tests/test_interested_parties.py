"""Parties with an interest in a service: identified, recorded, archived (CF-41)."""

import pytest

pytestmark = pytest.mark.rule("CF-41")

PARTIES = "/v1/interested-parties"
PARTY = {
    "org_unit": "shop-01",
    "kind": "regulator",
    "service": "Hosting",
    "name": "Office of data protection",
    "interest": "Data stay in the country",
}
ITEM, PLACE = {"configuration_item": "CI-17"}, {"archive_reference": "OA-3"}


@pytest.fixture(autouse=True)
def services(desk):
    desk.follow("region-north", "itsm", "generic")


@pytest.fixture
def party(sales):
    return sales.post(PARTIES, PARTY).json


@pytest.fixture
def one(party):
    return f"{PARTIES}/{party['party_id']}"


def test_a_party_is_identified_recorded_and_archived(desk, sales, one):
    recorded = sales.post(f"{one}/records", ITEM)
    archived = sales.post(f"{one}/archivings", PLACE)

    assert [200, 200] == [recorded.status_code, archived.status_code]
    shown = archived.json
    assert ("archived", "CI-17", "OA-3") == (
        shown["state"],
        shown["configuration_item"],
        shown["archive_reference"],
    )
    assert all(shown[f"{done}_{who}"] for done in ("recorded", "archived") for who in ("by", "at"))
    (told,) = desk.told("interested_party_recorded")
    assert ("recorded", "CI-17", None) == (
        told["state"],
        told["configuration_item"],
        told["customer_id"],
    )
    assert not {"name", "service", "interest"} & told.keys()
    kinds = [entry["kind"] for entry in sales.get(f"{one}/timeline").json["items"]]
    assert {"interested_party_identified", "interested_party_archived"} <= set(kinds)


def test_nothing_is_archived_that_the_cmdb_does_not_hold(sales, one):
    refused = sales.post(f"{one}/archivings", PLACE)

    assert (409, "wrong_state", "identified") == (
        refused.status_code,
        refused.json["code"],
        refused.json["state"],
    )


def test_a_changed_party_is_recorded_and_archived_anew(desk, sales, one):
    sales.post(f"{one}/records", ITEM)
    sales.post(f"{one}/archivings", PLACE)

    changed = sales.patch(one, {"requirements": "A report every year"}, version=3)

    assert (200, "identified", None, None) == (
        changed.status_code,
        changed.json["state"],
        changed.json["configuration_item"],
        changed.json["archive_reference"],
    )
    assert ["recorded", "identified"] == [
        one["state"] for one in desk.told("interested_party_recorded")
    ]
    assert 200 == sales.post(f"{one}/records", ITEM).status_code


def test_a_change_needs_the_version_that_was_seen_and_something_to_change(sales, one):
    stale = sales.patch(one, {"service": "Backup"}, version=7)
    empty = sales.patch(one, {}, version=1)

    assert [412, 422] == [stale.status_code, empty.status_code]


@pytest.mark.parametrize("kind", ["supplier", "regulator", "internal_unit"])
def test_parties_that_are_no_customers_name_none(sales, river, kind):
    assert 201 == sales.post(PARTIES, {**PARTY, "kind": kind}).status_code
    asked = {**PARTY, "kind": kind, "customer_id": river["customer_id"]}
    refused = sales.post(PARTIES, asked)
    assert (422, "party_unfit", "CF-41") == (
        refused.status_code,
        refused.json["code"],
        refused.json["because"]["rule"],
    )


@pytest.mark.parametrize("kind", ["customer", "contact_role"])
def test_parties_that_are_customers_name_one_whom_the_caller_sees(as_, sales, river, kind):
    asked = {**PARTY, "kind": kind}
    assert "party_unfit" == sales.post(PARTIES, asked).json["code"]
    asked["customer_id"] = river["customer_id"]
    assert 201 == sales.post(PARTIES, asked).status_code
    south = as_("sales_team", unit="region-south")
    refused = south.post(PARTIES, {**asked, "org_unit": "region-south"})
    assert refused.status_code in (404, 422)
    listed = sales.get(f"{PARTIES}?customer_id={river['customer_id']}&kind={kind}").json["items"]
    assert [kind] == [one["kind"] for one in listed]


def test_a_kind_that_the_packs_do_not_know_is_refused(desk, sales):
    unknown = sales.post(PARTIES, {**PARTY, "kind": "neighbour"})
    elsewhere = sales.post(PARTIES, {**PARTY, "org_unit": "region-south"})

    assert [(422, "party_unfit")] * 2 == [
        (one.status_code, one.json["code"]) for one in (unknown, elsewhere)
    ]
    assert "regulator" in unknown.json["errors"]["kind"][0]


def test_parties_are_listed_by_what_is_asked_and_to_those_above_alone(as_, sales, party):
    sales.post(PARTIES, {**PARTY, "service": "Backup"})

    def services(caller, query=""):
        return [one["service"] for one in caller.get(f"{PARTIES}{query}").json["items"]]

    assert ["Hosting", "Backup"] == services(sales)
    assert ["Backup"] == services(sales, "?service=Backup&state=identified")
    assert [] == services(sales, "?state=archived")
    assert [] == services(as_("auditor", unit="region-south"))
    assert (
        404
        == as_("sales_team", unit="region-south").get(f"{PARTIES}/{party['party_id']}").status_code
    )
