"""Read an uploaded CSV file (RFC 4180, with or without a byte order mark) by records.

However long the file and its lines are, only one record of it is in memory.
"""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from typing import IO

from flask import Request

from shared.rules import Invalid
from shared.web.problems import Problem

MOST_ROWS = 1_000_000
LONGEST_ROW = 100_000  # characters
NAMES_TOLD = 20  # How many names of columns an answer repeats, and how much of each.
NAME_TOLD = 40
UTF8 = "utf-8-sig"
GB18030 = "gb18030"
CHARSETS = {"utf-8": UTF8, "utf8": UTF8, "gb18030": GB18030, "gbk": GB18030, "gb2312": GB18030}


class CsvMalformed(Invalid):
    """The file cannot be cut into rows and cells."""

    code = "csv_malformed"


class RowTooLarge(Invalid):
    """A row of the file is longer than any that could be taken in."""

    code = "row_too_large"


class HeaderInvalid(Invalid):
    """The first row does not name every column once."""

    code = "header_invalid"


class TooManyRows(Invalid):
    """The file holds more rows than one import takes."""

    code = "too_many_rows"


@dataclass(frozen=True)
class CsvForm:
    """What a file was found to be: its encoding and how many rows it holds."""

    encoding: str
    rows: int


def charset(request: Request) -> str | None:
    """The encoding that the request names, None where it names none.

    Raises Problem 415 unless the body is sent as text/csv in an encoding that is read here.
    """
    said = request.mimetype_params.get("charset")
    if request.mimetype != "text/csv" or (said and said.lower() not in CHARSETS):
        raise _unsupported()
    return CHARSETS[said.lower()] if said else None


def check(
    opened: Callable[[], IO[bytes]],
    columns: Sequence[str],
    *,
    said: str | None,
    optional: Collection[str] = (),
    most: int | None = None,
) -> CsvForm:
    """Read the whole file once without keeping it, before a row of it is used. Each of ``columns``
    has to be there, each of ``optional`` may.

    ``opened`` gives it from its beginning. A file whose encoding is not said is UTF-8 if it can
    be, else GB18030. Raises Problem 415 for what is neither, CsvMalformed, RowTooLarge,
    HeaderInvalid, TooManyRows.
    """
    for encoding in [said] if said else [UTF8, GB18030]:
        try:
            found = records(opened(), columns, encoding=encoding, optional=optional)
            rows = sum(1 for _ in found)
        except UnicodeDecodeError:
            continue
        room = MOST_ROWS if most is None else most
        if rows > room:
            raise TooManyRows(f"One import takes {room} rows.", rows=rows, most=room)
        return CsvForm(encoding, rows)
    raise _unsupported()


def records(
    stream: IO[bytes],
    columns: Sequence[str],
    *,
    encoding: str,
    optional: Collection[str] = (),
) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """Each row as its number in the file, in which the header is row 1, and its cells by column.

    Cells are None where there are more or fewer than columns. Rows without any text are left out.
    Raises UnicodeDecodeError, and as ``check``.
    """
    with _text(stream, encoding) as text:
        lines = _Lines(text)
        reader = csv.reader(lines, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            _check_header(header, columns, optional)
            for number, cells in enumerate(reader, start=2):
                lines.row_is_over()
                if any(cell.strip() for cell in cells):
                    fits = len(cells) == len(header)
                    yield number, dict(zip(header, cells, strict=True)) if fits else None
        except csv.Error:
            said = "The file cannot be read as CSV; look at the quotation marks."
            raise CsvMalformed(said, line=reader.line_num) from None


@dataclass
class _Lines:
    """The lines of a text, of which a row takes no more than LONGEST_ROW characters."""

    text: TextIOWrapper
    read: int = 0
    number: int = field(default=0)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_ROW + 1)
        self.read += len(line)
        self.number += 1
        if self.read > LONGEST_ROW:
            said = f"A row holds more than {LONGEST_ROW} characters."
            raise RowTooLarge(said, line=self.number, most=LONGEST_ROW)
        if not line:
            raise StopIteration
        return line

    def row_is_over(self) -> None:
        """Count anew: the row that was read so far is complete."""
        self.read = 0


@contextmanager
def _text(stream: IO[bytes], encoding: str) -> Iterator[TextIOWrapper]:
    text = TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield text
    finally:
        # The stream is read a second time, so it may not be closed together with the wrapper.
        text.detach()


def _check_header(header: Sequence[str], columns: Sequence[str], optional: Collection[str]) -> None:
    known = {*columns, *optional}
    unknown = _told(name for name in sorted(set(header)) if name not in known)
    missing = _told(name for name in columns if name not in header)
    duplicate = _told(name for name in sorted(set(header)) if header.count(name) > 1)
    if unknown or missing or duplicate:
        raise HeaderInvalid(
            "The first row has to name every column once.",
            unknown=unknown,
            missing=missing,
            duplicate=duplicate,
        )


def _told(names: Iterable[str]) -> list[str]:
    return [name[:NAME_TOLD] for name in islice(names, NAMES_TOLD)]


def _unsupported() -> Problem:
    said = "Send the file as text/csv in UTF-8 or GB18030."
    return Problem(415, "unsupported_media_type", said)
