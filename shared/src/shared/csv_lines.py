"""The lines of CSV files (RFC 4180)."""

import csv
import io
from collections.abc import Iterable


def line(cells: Iterable[str]) -> str:
    """One record."""
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
