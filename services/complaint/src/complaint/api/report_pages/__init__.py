"""The weekly report for people: the same tables as HTML, Markdown and XLSX, in each language."""

from datetime import tzinfo
from enum import StrEnum
from typing import Any

from flask import Response
from werkzeug.datastructures import MIMEAccept

from complaint.adapters.mapping import WeeklyReport
from complaint.api.report_pages.markdown import as_markdown
from complaint.api.report_pages.tables import paper_of
from complaint.api.report_pages.xlsx import as_xlsx
from complaint.domain.iso_weeks import IsoWeek
from shared.web.openapi import PAGE_POLICY
from shared.web.papers.html import as_html
from shared.words import words_of


class Form(StrEnum):
    """In which form the report is wanted."""

    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


MEDIA = {
    Form.JSON: "application/json",
    Form.HTML: "text/html",
    Form.MARKDOWN: "text/markdown",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {Form.HTML: "html", Form.MARKDOWN: "md", Form.XLSX: "xlsx"}
# How the interface describes them.
PAGES = {MEDIA[form]: {"schema": {"type": "string"}} for form in ENDINGS}


def accepted(wanted: MIMEAccept) -> Form:
    """The form that is wanted most; data where none is."""
    best = wanted.best_match(MEDIA.values())
    return next((form for form, media in MEDIA.items() if media == best), Form.JSON)


def page_of(report: WeeklyReport, form: Form, *, language: str, zone: tzinfo) -> Response:
    """The report in a form for people, with times in the zone of its unit."""
    paper = paper_of(report, words_of(__package__, language), zone)
    content: Any
    if form is Form.XLSX:
        content = as_xlsx(paper, made_at=report.made_at)
    else:
        content = as_html(paper) if form is Form.HTML else as_markdown(paper)
    answer = Response(content, mimetype=MEDIA[form])
    name = f"{report.org_unit}-{IsoWeek(report.year, report.week)}.{ENDINGS[form]}"
    shown = "inline" if form is Form.HTML else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=name)
    answer.headers["Content-Security-Policy"] = PAGE_POLICY
    answer.vary.add("Accept")
    return answer
