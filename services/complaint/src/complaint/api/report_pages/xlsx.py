"""The report as a workbook of Office Open XML, a sheet a table."""

import re
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from shared.web.papers import Paper, Table

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
NAME_LENGTH = 31  # Of a sheet, as Excel has it.
# Whatever a text begins with, it stays text. Nothing is written to a disk, which may be read-only.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def as_xlsx(paper: Paper, *, made_at: datetime) -> bytes:
    """The whole report; the same one gives the same bytes."""
    head = Table(paper.title, ("", ""), paper.head)
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        for number, table in enumerate([head, *paper.tables], start=1):
            sheet = book.add_worksheet(_name(table.title, number))
            notes = [[table.note]] if table.note else []
            rows = [*(table.rows or [[paper.nothing]]), *notes]
            for at, cells in enumerate([[table.title], table.columns, *rows]):
                style = bold if at <= 1 else None
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(at, column, _text(cell), style)
                    else:
                        sheet.write_number(at, column, cell, style)
    return file.getvalue()


def _name(title: str, number: int) -> str:
    """What a sheet is called: as Excel allows it, and each otherwise."""
    return _text(f"{number} {NOT_IN_NAMES.sub(' ', title)}"[:NAME_LENGTH])


def _text(said: str) -> str:
    return NOT_IN_XML.sub("", said)
