"""The weekly report as HTML, Markdown and XLSX: the same tables, and nothing in them is markup."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from complaint.api import report_pages
from complaint.api.report_pages.markdown import as_markdown
from complaint.api.report_pages.xlsx import as_xlsx
from shared.web.papers import Paper, Table
from shared.web.papers.html import as_html
from shared.words import LANGUAGES, words_of

from .conftest import CONSUMER
from .test_weekly_reports import PATH

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
URL = f"{PATH}/2026-W07"
MADE_AT = datetime(2026, 2, 16, 1, tzinfo=UTC)
HOSTILE = (
    "=HYPERLINK(1)",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "a|b\n# c",
    "\x0b&",
)
DEPARTMENT = "=cmd|'/C calc'!A0 <b>"


@pytest.fixture
def reported(as_, clock):
    """The report of a week in which somebody named a department of a strange name."""
    details = {**CONSUMER["details"], "respondent_department": DEPARTMENT}
    filed = as_("assistant-north").post("/v1/complaints", {**CONSUMER, "details": details})
    assert filed.status_code == 201, filed.json
    clock.at += timedelta(minutes=1)
    made = as_("clerk").post(PATH, {"week": "2026-W07"})
    assert made.status_code == 200, made.json
    return as_("manager")


def paper(*cells):
    table = Table("Open complaints", ["one", "two"], [[cell, 1] for cell in cells], note="2 left")
    return Paper("en", "Weekly report", [("Made at", "now")], [table], "Nothing.")


def cells(content):
    """The cells of the first column of the second sheet, as another library reads them."""
    book = load_workbook(BytesIO(content))
    return [row[0] for row in book.worksheets[1].iter_rows()]


@pytest.mark.rule("RP-01")
@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("html", "text/html"), ("markdown", "text/markdown"), ("xlsx", XLSX)],
)
def test_the_report_is_had_in_each_form_by_name_or_by_what_is_accepted(reported, kind, accepted):
    named = reported.get(f"{URL}?format={kind}")
    asked = reported.get(URL, headers={"Accept": accepted})

    assert (named.status_code, named.mimetype) == (200, accepted)
    assert asked.data == named.data
    assert "Accept" in asked.headers["Vary"]
    assert (
        f"2026-W07.{'md' if kind == 'markdown' else kind}" in named.headers["Content-Disposition"]
    )


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png", ""])
def test_whoever_asks_for_nothing_else_has_data(reported, accept):
    answer = reported.get(URL, headers={"Accept": accept})

    assert (answer.mimetype, answer.json["week"]) == ("application/json", "2026-W07")


def test_a_form_or_language_that_is_not_there_is_refused(reported):
    for wrong in ("format=pdf", "language=xx"):
        assert reported.get(f"{URL}?{wrong}").status_code == 422


def test_a_page_says_in_either_language_what_was_counted(reported):
    chinese = reported.get(f"{URL}?format=html").text
    english = reported.get(f"{URL}?format=html&language=en").text

    assert '<html lang="zh-CN">' in chinese
    assert "投诉, 按 渠道" in chinese
    assert "电话" in chinese
    assert "Complaints, by Channel" in english
    assert "shop-01-1" in english


def test_a_page_names_no_person_and_runs_nothing(reported):
    answer = reported.get(f"{URL}?format=html")

    assert "李华" not in answer.text
    assert "&lt;b&gt;" in answer.text
    assert DEPARTMENT not in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_notable_and_open_complaints_are_shown_in_every_form(as_, clock):
    graver = {**CONSUMER, "reported_to_12315": True}
    filed = as_("assistant-north").post("/v1/complaints", graver)
    clock.at += timedelta(minutes=1)
    as_("clerk").post(PATH, {"week": "2026-W07"})

    (named,) = as_("manager").get(URL).json["notable"]
    assert (named["number"], named["reasons"]) == (filed.json["number"], ["reported_to_12315"])
    page = as_("manager").get(f"{URL}?format=html").text
    assert page.count(filed.json["number"]) == 2
    assert "已投诉至 12315" in page


def test_nobody_sees_the_report_of_a_unit_that_he_does_not_see(reported, as_):
    assert as_("clerk", unit="shop-01").get(f"{URL}?format=xlsx").status_code == 404


def test_whatever_a_cell_begins_with_it_is_text_in_a_workbook():
    content = as_xlsx(paper(*HOSTILE), made_at=MADE_AT)

    found = cells(content)
    assert {cell.data_type for cell in found} == {"s"}
    told = [cell.value for cell in found]
    assert told[2:-1] == [*HOSTILE[:-1], "&"]
    assert told[-1] == "2 left"
    assert as_xlsx(paper(*HOSTILE), made_at=MADE_AT) == content


def test_whatever_a_cell_holds_it_is_text_on_a_page():
    page = as_html(paper(*HOSTILE))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert '<td class="number">1</td>' in page


def test_whatever_a_cell_holds_it_is_one_cell_in_markdown():
    lines = as_markdown(paper(*HOSTILE)).splitlines()

    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == len(HOSTILE) + 2
    assert "| a\\|b \\# c | 1 |" in rows
    assert "| \\<script\\>alert(1)\\</script\\> | 1 |" in rows


def test_the_languages_say_the_same():
    chinese, english = (words_of(report_pages.__name__, one).known for one in LANGUAGES)

    assert set(english) <= set(chinese)
