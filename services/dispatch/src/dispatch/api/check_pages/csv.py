"""The list as CSV (RFC 4180), a line an order; no spreadsheet runs what somebody wrote."""

from dispatch.api.check_pages.tables import Sheet
from shared.csv_lines import line
from shared.spreadsheet_cells import defused


def as_csv(sheet: Sheet) -> str:
    """The columns by their codes, so that a program finds them in every language."""
    [table] = sheet.paper.tables
    rows = (line(defused(str(cell)) for cell in row) for row in table.rows)
    return line(sheet.codes) + "".join(rows)
