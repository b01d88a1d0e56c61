"""The list of open orders for people: the same table as CSV and as a page that can be printed
(RP-03)."""

from enum import StrEnum

from flask import Response

from dispatch.api.check_pages.csv import as_csv
from dispatch.api.check_pages.tables import Sheet
from shared.web.openapi import PAGE_POLICY
from shared.web.papers.html import as_html


class Form(StrEnum):
    """In which form the list is wanted."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"


MEDIA = {Form.CSV: "text/csv", Form.HTML: "text/html"}
# How the interface describes them.
PAGES = {media: {"schema": {"type": "string"}} for media in MEDIA.values()}


def page_of(sheet: Sheet, form: Form) -> Response:
    """The list in a form for people."""
    content = as_csv(sheet) if form is Form.CSV else as_html(sheet.paper)
    answer = Response(content, mimetype=MEDIA[form])
    shown = "inline" if form is Form.HTML else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=f"{sheet.name}.{form}")
    answer.headers["Content-Security-Policy"] = PAGE_POLICY
    return answer
