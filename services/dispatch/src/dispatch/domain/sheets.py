"""What stands on a printed work order (F-02), as it was when it was printed.

Names of fields and codes are put into words when the sheet is drawn. Times are local ones of the
order's unit, to the minute.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A field of the form. ``value`` is None where it is blank; a ``coded`` one is a code."""

    name: str
    value: str | None
    mandatory: bool = False
    coded: bool = False


@dataclass(frozen=True, kw_only=True)
class Box:
    """A place for a signature; ``name`` and ``at`` are blank until somebody signed."""

    field: str
    name: str | None = None
    at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody said of the order: ``kind`` is a progress report, a call-back and the like, and
    ``code`` what came of it, where that is a code."""

    kind: str
    at: str
    by: str
    text: str
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Cited:
    """The clause that a part of the form comes from, and the number of its article, if known."""

    subject: str
    clause: str
    article: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One part of an order on paper. ``link`` is where the client signs, on the executor's copy
    alone; ``omitted`` counts the progress reports that are too old to be printed."""

    part: str
    copy_no: int
    order_no: str
    state: str
    unit: str
    zone: str
    printed_at: str
    printed_by: str
    entries: tuple[Entry, ...]
    boxes: tuple[Box, ...]
    notes: tuple[Note, ...]
    omitted: int
    cited: tuple[Cited, ...]
    regulation: str
    owner: str
    link: str | None = None

    def written(self) -> str:
        """The one text in which it is kept, and of which its digest is made."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Self:
        """The sheet of which ``text`` was written."""
        data: dict[str, Any] = json.loads(text)
        kinds: Mapping[str, type[Any]] = {
            "entries": Entry,
            "boxes": Box,
            "notes": Note,
            "cited": Cited,
        }
        lists = {name: tuple(kind(**one) for one in data[name]) for name, kind in kinds.items()}
        return cls(**data | lists)
