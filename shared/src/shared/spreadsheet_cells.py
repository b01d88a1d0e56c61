"""Cells of files that people open with a spreadsheet: none of them is run. Pure."""

# What a spreadsheet takes for the beginning of a formula; the wide ones are those of Chinese input.
TRIGGERS = frozenset("=+-@\t\r\n\0|%＝＋－＠")
# What it skips while it looks for one.
SKIPPED = "\ufeff\u200b\u00a0\u3000 '\"\u2018\u2019\u201c\u201d"


def defused(cell: str) -> str:
    """``cell`` so that no spreadsheet runs it: behind an apostrophe where it would."""
    begins = cell.lstrip(SKIPPED)[:1]
    return f"'{cell}" if begins in TRIGGERS and cell and begins else cell


def as_meant(cell: str) -> str:
    """A cell of a file without the apostrophe that ``defused`` put before it."""
    return cell[1:] if cell[:1] == "'" and defused(cell[1:]) == cell else cell
