"""Read an uploaded CSV file (RFC 4180, UTF-8 with or without a byte order mark) by records."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import islice
from typing import IO

from flask import Request

from shared.rules import Invalid
from shared.web.problems import Problem

MOST_ROWS = 20_000
NAMES_TOLD = 20  # How many names of columns an answer repeats, and how much of each.
NAME_TOLD = 40
UTF8 = frozenset({"utf-8", "utf8"})


class CsvMalformed(Invalid):
    """The file cannot be cut into rows and cells."""

    code = "csv_malformed"


class HeaderInvalid(Invalid):
    """The first row does not name every column once."""

    code = "header_invalid"


class TooManyRows(Invalid):
    """The file holds more rows than one import takes."""

    code = "too_many_rows"


def check_media_type(request: Request) -> None:
    """Raise Problem 415 unless the body is sent as text/csv in UTF-8."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "text/csv" or charset not in UTF8:
        raise _unsupported()


def check(stream: IO[bytes], columns: Sequence[str]) -> None:
    """Read the whole file once without keeping it, before a row of it is used.

    Raises Problem 415 for what is not UTF-8, CsvMalformed, HeaderInvalid, TooManyRows.
    """
    rows = sum(1 for _ in records(stream, columns))
    if rows > MOST_ROWS:
        raise TooManyRows(f"One import takes {MOST_ROWS} rows.", rows=rows, most=MOST_ROWS)


def records(
    stream: IO[bytes], columns: Sequence[str]
) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """Each row as its number in the file, in which the header is row 1, and its cells by column.

    Cells are None where there are more or fewer than columns. Rows without any text are left out.
    Raises as ``check``.
    """
    with _text(stream) as text:
        reader = csv.reader(text, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            _check_header(header, columns)
            for number, cells in enumerate(reader, start=2):
                if any(cell.strip() for cell in cells):
                    fits = len(cells) == len(header)
                    yield number, dict(zip(header, cells, strict=True)) if fits else None
        except csv.Error:
            said = "The file cannot be read as CSV; look at the quotation marks."
            raise CsvMalformed(said, line=reader.line_num) from None
        except UnicodeDecodeError:
            raise _unsupported() from None


@contextmanager
def _text(stream: IO[bytes]) -> Iterator[TextIOWrapper]:
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        # The stream is read a second time, so it may not be closed together with the wrapper.
        text.detach()


def _check_header(header: Sequence[str], columns: Sequence[str]) -> None:
    unknown = _told(name for name in sorted(set(header)) if name not in columns)
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
    return Problem(415, "unsupported_media_type", "Send the file as text/csv in UTF-8.")
