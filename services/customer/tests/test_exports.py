"""Customers as a CSV file: masked, or in full on a consent or a legal basis (CF-09, S38)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.adapters import exports
from customer.domain import exports as domain
from customer.domain.import_cells import COLUMNS
from shared.csv_lines import line
from shared.spreadsheet_cells import SKIPPED, TRIGGERS, as_meant, defused

from .csv_samples import GOOD, file_of
from .test_consents import CONSENT

EXPORTS = "/v1/customers/exports"
FULL = {"reason": "the court asks", "full": True, "recipient": "Court", "purpose": "a case"}
EVERYTHING = [item.value for item in domain.TOLD_IN_FULL]


@pytest.fixture
def office(as_):
    return as_("sales_back_office", unit="region-north")


@pytest.fixture
def head(as_):
    made = as_("department_head", unit="region-north")
    made.post("/v1/secrecy-acknowledgements", {"wording": "secrecy-000"})
    return made


def rows(answer):
    assert 200 == answer.status_code, answer.text
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def refusal(answer):
    return (answer.status_code, answer.json["code"])


@pytest.mark.rule("CF-08")
def test_an_export_is_masked_and_audited(office, river, desk):
    (row,) = rows(office.post(EXPORTS, {"reason": "a list of shops"}))

    assert (river["number"], "河畔家居", "500") == (
        row["number"],
        row["name"],
        row["annual_amount"],
    )
    assert ("李**", "+86138****1234") == (row["contact_name"], row["phone"].lstrip("'"))
    assert "lihua" not in row["email"]
    assert "" == row["birthday_month"]
    (audited,) = desk.audited("customers.exported")
    assert (False, 1, "a list of shops") == tuple(
        audited.detail[name] for name in ("full", "customers", "reason")
    )


@pytest.mark.rule("CF-09")
def test_an_export_in_full_needs_a_consent_or_a_legal_basis(head, river, desk):
    assert (403, "consent_missing") == refusal(head.post(EXPORTS, FULL))
    assert [] == desk.audited("customers.exported")

    (row,) = rows(head.post(EXPORTS, {**FULL, "legal_basis": "court_order"}))

    assert ("李华明", "'+8613800001234") == (row["contact_name"], row["phone"])
    assert ("lunar", "8", "15") == tuple(
        row[f"birthday_{part}"] for part in ("calendar", "month", "day")
    )
    (audited,) = desk.audited("customers.exported")
    assert ("court_order", "CF-09") == (
        audited.detail["legal_basis"],
        audited.detail["because"]["rule"],
    )


@pytest.mark.rule("CF-09")
def test_a_consent_lets_out_its_customer_alone(head, sales, path, desk):
    desk.register("F-2", org_unit="shop-01")
    asked = {**FULL, "recipient": "Shengchang Logistics", "purpose": "delivery"}
    narrow = sales.post(f"{path}/consents", CONSENT).json["consent_id"]
    wide = sales.post(f"{path}/consents", {**CONSENT, "scope": EVERYTHING}).json["consent_id"]

    refused = head.post(EXPORTS, {**asked, "consent_ids": [narrow]})
    taken = rows(head.post(EXPORTS, {**asked, "consent_ids": [wide]}))

    assert (403, "consent_missing") == refusal(refused)
    assert ["F-0001"] == [row["number"] for row in taken]
    assert [wide] == [one["consent_id"] for one in desk.told("disclosed")]


def test_a_consent_of_a_foreign_customer_lets_nobody_out(as_, head, sales, path, river):
    consent = sales.post(f"{path}/consents", {**CONSENT, "scope": EVERYTHING}).json["consent_id"]
    south = as_("department_head", unit="region-south", who="head-south")
    south.post("/v1/secrecy-acknowledgements", {"wording": "secrecy-000"})

    asked = {**FULL, "recipient": "Shengchang Logistics", "purpose": "delivery"}

    assert (403, "consent_missing") == refusal(
        south.post(EXPORTS, {**asked, "consent_ids": [consent]})
    )


def test_the_back_office_takes_out_masked_files_alone(office, river):
    asked = {**FULL, "legal_basis": "court_order"}

    assert (403, "full_export_forbidden") == refusal(office.post(EXPORTS, asked))


@pytest.mark.rule("CF-08")
def test_who_has_not_signed_secrecy_gets_nothing_in_full(as_, river):
    asked = {**FULL, "legal_basis": "court_order"}

    answer = as_("department_head").post(EXPORTS, asked)

    assert (403, "secrecy_not_acknowledged") == refusal(answer)
    assert "CF-08" == answer.json["because"]["rule"]


def test_a_foreign_unit_does_not_exist(office, river):
    asked = {"reason": "curious", "unit": "region-south"}

    assert (422, "unit_unknown") == refusal(office.post(EXPORTS, asked))


def test_customers_of_other_units_are_not_in_it(as_, river, desk):
    desk.register("F-2", org_unit="shop-03")

    south = as_("sales_back_office", unit="region-south").post(EXPORTS, {"reason": "ours"})

    assert ["F-2"] == [row["number"] for row in rows(south)]


def test_a_file_beyond_the_limit_is_refused(office, river, desk, monkeypatch):
    monkeypatch.setattr(domain, "MOST_MASKED", 1)
    desk.register("F-2", org_unit="shop-01")

    assert (422, "export_too_large") == refusal(office.post(EXPORTS, {"reason": "all"}))
    assert [] == desk.audited("customers.exported")


def test_batches_follow_one_another_without_gap(as_, desk, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 2)
    for number in range(5):
        desk.register(f"F-{number}")

    taken = rows(as_("sales_back_office").post(EXPORTS, {"reason": "all"}))

    assert [f"F-{number}" for number in range(5)] == [row["number"] for row in taken]


def test_what_left_in_full_comes_back_as_it_was(send, head, desk):
    send(file_of({**GOOD, "name": "=SUM(A1)", "industry": "@home"}))

    taken = head.post(EXPORTS, {**FULL, "legal_basis": "court_order"})
    back = send(taken.data)

    (row,) = rows(taken)
    assert ("'=SUM(A1)", "'@home") == (row["name"], row["industry"])
    assert [0, 0, 1, 0] == [
        back.json[name] for name in ("created", "changed", "unchanged", "rejected")
    ]


cells = st.text(alphabet=st.one_of(st.sampled_from(sorted({*TRIGGERS, *SKIPPED})), st.characters()))


# S38
@given(cells)
def test_no_cell_begins_with_what_a_spreadsheet_runs(cell):
    told = defused(cell)

    assert told[:1] == "'" or told.lstrip(SKIPPED)[:1] not in TRIGGERS or not told
    assert cell == as_meant(told) or cell.startswith("'")


# S38
@pytest.mark.parametrize("trigger", sorted(TRIGGERS))
@pytest.mark.parametrize("before", ["", "\ufeff", " ", '"', '\ufeff "'])
def test_each_trigger_is_defused_also_behind_what_is_skipped(before, trigger):
    assert f"'{before}{trigger}1" == defused(f"{before}{trigger}1")


# S38: RFC 4180.
@given(st.lists(cells, min_size=1, max_size=5))
def test_a_line_is_read_as_it_was_written(row):
    written = line(row)

    assert written.endswith("\r\n")
    assert [row] == list(csv.reader(io.StringIO(written, newline="")))


def test_the_columns_are_those_of_the_import(office, river):
    text = office.post(EXPORTS, {"reason": "all"}).text

    assert list(COLUMNS) == text.splitlines()[0].split(",")
