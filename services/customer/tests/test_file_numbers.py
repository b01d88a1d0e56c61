"""File numbers by category, and the index and catalogue of a department."""

import pytest

from customer.domain.file_numbers import FileCategory, faults

from .river import CUSTOMERS, RIVER
from .test_files import fill


@pytest.fixture
def office(as_, desk):
    desk.follow("region-north", "medical", "generic")
    return as_("sales_back_office", unit="region-north")


def filed(sales, office, number, **fields):
    made = sales.post(
        CUSTOMERS, {**RIVER, "number": number, "duplicate_reason": "more", **fields}
    ).json
    shown = fill(office, f"{CUSTOMERS}/{made['customer_id']}", {"survey_collector": "Office"})
    return shown.json["number"]


@pytest.mark.rule("CF-25")
def test_every_file_of_a_category_has_the_next_number_of_its_code(sales, office):
    numbers = [
        filed(sales, office, "F-1", kind="institution"),
        filed(sales, office, "F-2", kind="company"),
        filed(sales, office, "F-3", kind="institution"),
        filed(sales, office, "F-4", kind="consumer"),
    ]

    assert ["YL-000001", "JX-000001", "YL-000002", "GR-000001"] == numbers


@pytest.mark.rule("CF-25")
def test_a_refused_change_leaves_no_gap_and_a_file_keeps_its_number(sales, office):
    made = sales.post(CUSTOMERS, {**RIVER, "kind": "institution"}).json
    path = f"{CUSTOMERS}/{made['customer_id']}"

    assert 422 == fill(office, path, {"bed_count": "many"}).status_code
    first = fill(office, path, {"bed_count": "30"}).json
    again = fill(office, path, {"bed_count": "31"}, version=1).json

    assert ["YL-000001"] * 2 == [first["number"], again["number"]]


def test_where_no_pack_has_codes_a_file_has_no_number(sales, path):
    assert fill(sales, path, {"budget": "3"}).json["number"] is None


def test_a_code_belongs_to_one_category():
    given = [FileCategory("hospital", "YL"), FileCategory("dealer", "YL")]

    assert [1] == [position for position, _why in faults(given)]


@pytest.mark.rule("CF-24")
def test_each_department_has_its_own_index_and_catalogue(as_, sales, office):
    filed(sales, office, "F-1", kind="institution")
    filed(sales, office, "F-2", kind="company")
    south = as_("department_head", unit="region-south")

    index = office.get("/v1/units/region-north/file-index").json["items"]
    hospitals = office.get("/v1/units/region-north/file-index?category=medical_institution")
    catalogue = office.get("/v1/units/region-north/file-catalogue").json

    assert ["JX-000001", "YL-000001"] == [one["number"] for one in index]
    assert ["F-1"] == [one["customer_number"] for one in hospitals.json["items"]]
    assert [("dealer", 1), ("medical_institution", 1)] == [
        (one["category"], one["files"]) for one in catalogue["categories"]
    ]
    assert [] == south.get("/v1/units/region-south/file-index").json["items"]
    assert 404 == south.get("/v1/units/region-north/file-index").status_code
    assert 404 == south.get("/v1/units/shop-99/file-catalogue").status_code
