"""The report as Markdown (GitHub's tables)."""

import re
from collections.abc import Iterator, Sequence

from shared.web.papers import Cell, Paper, Table

# What could be markup is escaped, and a cell is one line.
MARKUP = re.compile(r"([\\`*_\[\]#|<>~&!@]|:(?=//))")


def as_markdown(paper: Paper) -> str:
    """The whole report."""
    lines = [f"# {_text(paper.title)}", ""]
    lines += [f"* {_text(name)}: {_text(said)}" for name, said in paper.head]
    for table in paper.tables:
        lines += ["", f"## {_text(table.title)}", "", *_lines(table, paper)]
    return "\n".join(lines) + "\n"


def _lines(table: Table, paper: Paper) -> Iterator[str]:
    if not table.rows:
        yield _text(paper.nothing)
    else:
        yield _row(table.columns)
        yield "|" + " --- |" * len(table.columns)
        yield from map(_row, table.rows)
    if table.note:
        yield from ("", _text(table.note))


def _row(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(_text(str(cell)) for cell in cells) + " |"


def _text(said: str) -> str:
    return MARKUP.sub(r"\\\1", " ".join(said.split()))
