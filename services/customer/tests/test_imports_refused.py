"""What an import refuses: single rows, each with its reason, and files as a whole."""

import tracemalloc
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customer.domain.import_cells import COLUMNS
from customer.main import RULEBOOK
from customer.use_cases.imports import row_reader
from shared import org_units
from shared.policy.activations import activate
from shared.policy.versions import add_pack
from shared.testing import CALENDAR
from shared.web import csv_files

from .csv_samples import GOOD, counts, file_of


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (file_of(GOOD, encoding="utf-16"), "text/csv"),
        (file_of(GOOD), "text/csv; charset=utf-16"),
        (file_of(GOOD, encoding="gb18030"), "text/csv; charset=utf-8"),
        (file_of(GOOD), "application/json"),
        (file_of(GOOD), "application/vnd.ms-excel"),
    ],
)
def test_what_is_no_csv_in_a_known_encoding_is_refused_whole(send, desk, content, media_type):
    response = send(content, media_type=media_type)

    assert (415, "unsupported_media_type") == (response.status_code, response.json["code"])
    assert [] == desk.types()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ((*COLUMNS, "grade"), {"unknown": ["grade"], "missing": [], "duplicate": []}),
        (COLUMNS[1:], {"unknown": [], "missing": ["number"], "duplicate": []}),
        ((*COLUMNS, "name"), {"unknown": [], "missing": [], "duplicate": ["name"]}),
    ],
)
def test_a_header_has_to_name_every_column_once(send, desk, columns, told):
    response = send(",".join(columns).encode() + b"\n")

    assert (422, "header_invalid") == (response.status_code, response.json["code"])
    assert told == {name: response.json[name] for name in told}


def test_an_empty_file_lacks_every_column(send):
    assert list(COLUMNS) == send(b"").json["missing"]


@pytest.mark.parametrize("tail", [b'"open', b'"a"b,c\n'])
def test_a_file_that_cannot_be_cut_into_cells_changes_nothing(send, desk, tail):
    response = send(file_of(GOOD) + tail)

    assert (422, "csv_malformed") == (response.status_code, response.json["code"])
    assert [] == desk.types()


@pytest.mark.parametrize(
    "tail",
    [b"x" * 10_000_000, b"," * 10_000_000, b'"' + b"x\n" * 60_000 + b'"', b'"\n",' * 60_000],
    ids=["one cell", "many cells", "many lines in a cell", "cells of lines"],
)
def test_a_row_that_is_too_long_is_refused_before_it_is_read_whole(send, desk, tail):
    content = file_of(GOOD) + tail
    tracemalloc.start()
    response = send(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (422, "row_too_large") == (response.status_code, response.json["code"])
    assert 3 <= response.json["line"]
    assert [] == desk.types()
    assert peak < 8_000_000


def test_a_file_has_room_for_so_many_rows_and_bytes(send, desk, app, monkeypatch):
    monkeypatch.setattr(csv_files, "MOST_ROWS", 2)
    rows = [{**GOOD, "number": f"F-{n}"} for n in range(3)]

    many = send(file_of(*rows))
    monkeypatch.setattr(app.view_functions["imports.import_customers"], "body_limit", 1000)
    large = send(b"x" * 1001)

    assert (422, "too_many_rows") == (many.status_code, many.json["code"])
    assert (413, "body_too_large") == (large.status_code, large.json["code"])
    assert [] == desk.types()


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"number": ""}, "number", "missing"),
        ({"number": "no blanks"}, "number", "number_invalid"),
        ({"name": ""}, "name", "missing"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"name": "two\nlines"}, "name", "character_refused"),
        ({"name": "nul\0"}, "name", "character_refused"),
        ({"kind": "rival"}, "kind", "kind_unknown"),
        ({"annual_amount": "-1"}, "annual_amount", "amount_invalid"),
        ({"annual_amount": "NaN"}, "annual_amount", "amount_invalid"),
        ({"annual_amount": "1e999999999"}, "annual_amount", "amount_invalid"),
        ({"annual_amount": "0.00001"}, "annual_amount", "amount_invalid"),
        ({"annual_amount": "5,00"}, "annual_amount", "amount_invalid"),
        ({"org_unit": "shop-99"}, "org_unit", "unit_unknown"),
        ({"org_unit": "hq"}, "org_unit", "unit_unknown"),
        ({"owner_id": "me"}, "owner_id", "id_invalid"),
        ({"since": "31.05.2020"}, "since", "date_invalid"),
        ({"since": "20200531"}, "since", "date_invalid"),
        ({"since": "2021-02-29"}, "since", "date_invalid"),
        ({"contact_name": ""}, "contact_name", "missing"),
        ({"phone": "12-34"}, "phone", "phone_invalid"),
        ({"email": "nobody"}, "email", "email_invalid"),
        ({"email": "a@b.c\r\nBcc: x@y.z"}, "email", "email_invalid"),
        ({"language": "?"}, "language", "language_invalid"),
        ({"zone": "Mars/Olympus"}, "zone", "zone_unknown"),
        ({"zone": "../etc/passwd"}, "zone", "zone_unknown"),
        ({"birthday_day": "31"}, "birthday_day", "birthday_impossible"),
        ({"birthday_day": ""}, "birthday_day", "birthday_impossible"),
        ({"birthday_calendar": "julian"}, "birthday_day", "birthday_impossible"),
        ({"birthday_leap_month": "maybe"}, "birthday_day", "birthday_impossible"),
        (
            {"birthday_calendar": "solar", "birthday_month": "2", "birthday_day": "30"},
            "birthday_day",
            "birthday_impossible",
        ),
    ],
)
def test_a_bad_row_is_told_by_row_and_column_and_its_neighbours_go_in(send, change, column, code):
    response = send(file_of(GOOD, {**GOOD, "number": "F-2", **change}, {**GOOD, "number": "F-3"}))

    assert [2, 0, 0, 1] == counts(response)
    assert [(3, column, code)] == [
        (one["row"], one["column"], one["code"]) for one in response.json["problems"]
    ]


def test_what_a_cell_held_is_never_repeated(send):
    canary = "canary" * 30
    response = send(file_of({**dict.fromkeys(COLUMNS, canary)}))

    assert 1 == response.json["rejected"]
    assert len(response.json["problems"]) > 10
    assert "canary" not in response.get_data(as_text=True)


def test_a_number_of_another_units_customer_is_refused(send, as_, desk):
    desk.register("F-1", org_unit="hq")

    response = send(file_of(GOOD))

    assert [("number", "number_taken")] == [
        (one["column"], one["code"]) for one in response.json["problems"]
    ]


def give_the_north_alone_a_calendar(desk):
    with desk.open() as tx:
        for unit, parent, calendar in (
            ("hq", None, None),
            ("region-north", "sales-centre", CALENDAR),
        ):
            org_units.define(
                tx.session, unit=unit, parent=parent, kind="any", name=unit, calendar=calendar
            )


def test_rows_of_a_unit_without_calendar_are_refused_and_their_neighbours_go_in(send, desk):
    send(file_of({**GOOD, "number": "F-0"}))
    give_the_north_alone_a_calendar(desk)

    response = send(
        file_of(
            {**GOOD, "number": "F-0", "annual_amount": "90"},
            {**GOOD, "number": "F-2", "org_unit": "shop-03"},
            {**GOOD, "number": "F-3", "kind": "rival"},
            {**GOOD, "number": "F-4"},
        )
    )

    assert [1, 1, 0, 2] == counts(response)
    assert [(3, "org_unit", "calendar_missing"), (4, "kind", "kind_unknown")] == [
        (one["row"], one["column"], one["code"]) for one in response.json["problems"]
    ]
    assert ["F-0", "F-4"] == [one["number"] for one in desk.told("registered")]
    assert [["annual_amount"]] == [one["fields"] for one in desk.told("changed")]


def test_a_customer_who_would_move_to_a_unit_without_calendar_stays_as_he_is(send, desk):
    send(file_of(GOOD))
    give_the_north_alone_a_calendar(desk)
    told = desk.types()

    refused = send(file_of({**GOOD, "org_unit": "shop-03", "name": "Lake Shop"}))
    again = send(file_of(GOOD))

    assert ([0, 0, 0, 1], [0, 0, 1, 0]) == (counts(refused), counts(again))
    assert told == desk.types()


def test_rows_of_a_unit_whose_packs_say_nothing_of_reminders_are_refused(send, desk):
    short = deepcopy(dict(RULEBOOK.of_builtin("generic", "1").document))
    short["pack"] = "short"
    del short["sections"]["visit_reminders"]
    with desk.open() as tx:
        add_pack(tx, short, RULEBOOK)
        activate(tx, "shop-02", ["short"], date(2026, 2, 1), rulebook=RULEBOOK)

    response = send(file_of(GOOD, {**GOOD, "number": "F-2", "org_unit": "shop-02"}))

    assert [1, 0, 0, 1] == counts(response)
    assert [("org_unit", "policy_missing")] == [
        (one["column"], one["code"]) for one in response.json["problems"]
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({column: st.text(max_size=200) for column in COLUMNS}))
def test_any_text_is_either_read_or_told_as_a_problem(cells):
    read = row_reader().read(2, cells)

    if isinstance(read, list):
        assert read
        assert {2} == {problem.row for problem in read}
    else:
        assert read.number
