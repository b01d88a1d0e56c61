"""Customers from a CSV file: good rows go in, bad ones are told, a repetition changes nothing."""

from pathlib import Path

import pytest

from customer.api import import_runs
from customer.domain import import_rows
from customer.domain.import_cells import COLUMNS

from .conftest import IMPORTS
from .csv_samples import GOOD, counts, file_of

SAMPLE = Path(__file__).parents[3] / "deploy" / "sample" / "customers.csv"


def test_a_row_becomes_a_customer_with_a_contact_and_a_visit(send, desk):
    response = send(file_of(GOOD))

    assert response.json == {
        "import_id": None,
        "rows": 1,
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "problems": [],
        "problems_left_out": 0,
    }
    classes = ["class_changed"] * 2
    assert desk.types() == ["registered", *classes, "contact_changed", "visit_planned"]
    (contact,) = desk.told("contact_changed")
    assert {"calendar": "lunar", "month": 8, "day": 15, "leap_month": False} == contact["birthday"]


def test_the_sample_goes_in_but_for_its_twelve_bad_rows(send, desk):
    content = SAMPLE.read_bytes()

    first = send(content)
    told = desk.types()
    second = send(content)

    assert (1000, [988, 0, 0, 12]) == (first.json["rows"], counts(first))
    assert [(one["column"], one["code"]) for one in first.json["problems"]] == [
        ("annual_amount", "amount_invalid"),
        ("org_unit", "unit_unknown"),
        ("number", "number_duplicate"),
        ("name", "missing"),
        ("phone", "phone_invalid"),
        ("email", "email_invalid"),
        ("since", "date_invalid"),
        ("birthday_day", "birthday_impossible"),
        ("birthday_day", "birthday_impossible"),
        ("kind", "kind_unknown"),
        ("number", "missing"),
        ("name", "too_long"),
    ]
    assert [0, 0, 988, 12] == counts(second)
    assert first.json["problems"] == second.json["problems"]
    assert told == desk.types()
    assert {"large", "medium", "small", None} == {
        one["size_class"] for one in desk.told("registered")
    }


def test_a_changed_row_changes_only_what_differs(send, desk):
    send(file_of(GOOD, {**GOOD, "number": "F-2"}))
    told = len(desk.types())

    response = send(
        file_of(
            {**GOOD, "annual_amount": "99.99"},
            {**GOOD, "number": "F-2", "email": "li@example.com"},
        )
    )

    assert [0, 2, 0, 0] == counts(response)
    assert desk.types()[told:] == [
        "changed",
        "class_changed",
        "visit_cancelled",
        "visit_planned",
        "contact_changed",
    ]
    assert [["annual_amount"]] == [one["fields"] for one in desk.told("changed")]


def test_another_contact_is_added_and_the_first_is_kept(send, desk):
    send(file_of(GOOD))

    response = send(file_of({**GOOD, "contact_name": "Wang Fang"}))

    assert [0, 1, 0, 0] == counts(response)
    assert ["李华", "Wang Fang"] == [one["name"] for one in desk.told("contact_changed")]


def test_the_same_import_sent_again_gets_the_same_answer(send, desk):
    first = send(file_of(GOOD), key="one")
    second = send(file_of(GOOD), key="one")
    other = send(file_of({**GOOD, "name": "Lake Shop"}), key="one")

    assert (first.json, "true") == (second.json, second.headers["Idempotency-Replayed"])
    assert (422, "idempotency_key_reused") == (other.status_code, other.json["code"])


def test_rows_are_counted_as_a_spreadsheet_does(send):
    lines = file_of({**GOOD, "industry": "retail"}).decode().replace("retail", '"re\ntail"')
    content = lines + "\r\n" + "," * len(COLUMNS) + "\r\n" + "F-9,too few\r\n"

    response = send(content.encode())

    assert [(2, "industry", "character_refused"), (5, "", "cells_wrong")] == [
        (one["row"], one["column"], one["code"]) for one in response.json["problems"]
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_and_the_order_of_columns_do_not_matter(send, encoding):
    turned = tuple(reversed(COLUMNS))

    assert [1, 0, 0, 0] == counts(send(file_of(GOOD, columns=turned, encoding=encoding)))


def test_batches_count_together_and_keep_the_order_of_problems(send, monkeypatch):
    monkeypatch.setattr(import_runs, "BATCH", 3)
    monkeypatch.setattr(import_rows, "ROOM_FOR_PROBLEMS", 2)
    rows = [{**GOOD, "number": f"F-{n}", "kind": "" if n % 3 else "shop"} for n in range(10)]

    response = send(file_of(*rows))

    assert (10, [4, 0, 0, 6]) == (response.json["rows"], counts(response))
    assert [3, 4] == [one["row"] for one in response.json["problems"]]
    assert 4 == response.json["problems_left_out"]


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(send, as_, monkeypatch, desk):
    monkeypatch.setattr(import_runs, "BATCH", 2)
    rows = [{**GOOD, "number": f"F-{n}"} for n in range(4)]
    through = import_runs.carry_on

    def breaks(tx, batch, **given):
        if batch[0].number == "F-2":
            raise OSError("the power went")
        return through(tx, batch, **given)

    monkeypatch.setattr(import_runs, "carry_on", breaks)
    cut = send(file_of(*rows), key="one")
    other = send(file_of(*rows[1:]), key="one")
    (progress,) = as_("auditor").get(IMPORTS).json["items"]
    monkeypatch.setattr(import_runs, "carry_on", through)
    whole = send(file_of(*rows), key="one")

    assert 500 == cut.status_code
    assert [4, 0, 0, 0] == counts(whole)
    assert 4 == len(desk.told("registered"))
    assert (422, "idempotency_key_reused") == (other.status_code, other.json["code"])
    assert (2, 2, 4, None) == tuple(
        progress[name] for name in ("rows", "created", "rows_in_file", "finished_at")
    )
    shown = as_("sales_back_office").get(f"{IMPORTS}/{whole.json['import_id']}").json
    assert (4, "2026-03-02T02:00:00+00:00") == (shown["rows"], shown["finished_at"])
    assert 404 == as_("auditor", unit="shop-03").get(f"{IMPORTS}/{shown['import_id']}").status_code


def test_rows_that_were_done_before_a_cut_may_not_be_repeated_behind_it(send, monkeypatch):
    monkeypatch.setattr(import_runs, "BATCH", 2)
    rows = [{**GOOD, "number": f"F-{n}"} for n in (0, 1, 2, 0)]
    through = import_runs.carry_on
    calls = iter([True, False, True])
    monkeypatch.setattr(
        import_runs, "carry_on", lambda *a, **k: through(*a, **k) if next(calls) else 1 / 0
    )

    assert 500 == send(file_of(*rows), key="one").status_code
    whole = send(file_of(*rows), key="one")

    assert [3, 0, 0, 1] == counts(whole)
    assert [(5, "number_duplicate")] == [
        (one["row"], one["code"]) for one in whole.json["problems"]
    ]


@pytest.mark.parametrize("said", ["", "; charset=gb18030", "; charset=GBK"])
def test_a_file_may_be_in_the_encoding_of_chinese_spreadsheets(send, desk, said):
    content = file_of({**GOOD, "name": "河畔家居"}, encoding="gb18030")

    assert [1, 0, 0, 0] == counts(send(content, media_type=f"text/csv{said}"))
    (contact,) = desk.told("contact_changed")
    assert "李华" == contact["name"]
