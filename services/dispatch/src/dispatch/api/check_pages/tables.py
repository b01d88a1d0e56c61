"""The head and the rows of which every form of the list consists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from dispatch.domain.daily_checks import DailyCheck, Entry
from shared.web.papers import Cell, Paper, Table
from shared.words import Words, words_of

CODES = ("order_no", "state", "due_at", "overdue", "days_open", "reason", "instruction")
MINUTE = "%Y-%m-%d %H:%M"
NOTHING = "–"


@dataclass(frozen=True)
class Sheet:
    """The list in the words of a language; ``name`` is that of its file, ``codes`` are those of the
    columns of its one table."""

    name: str
    codes: Sequence[str]
    paper: Paper


def sheet_of(check: DailyCheck, entries: Sequence[Entry], language: str, zone: tzinfo) -> Sheet:
    """The list with times in the zone of its unit."""
    words = words_of(__package__, language)
    shift = f" {check.shift}" if check.shift else ""
    paper = Paper(
        language=language,
        title=f"{words('title')} {check.org_unit} {check.day}{shift}",
        head=[(words(name), said) for name, said in _head(check, words, zone)],
        tables=[
            Table("", [words(name) for name in CODES], [_row(e, words, zone) for e in entries])
        ],
        nothing=words("nothing"),
        wide=True,
    )
    name = "-".join(filter(None, (check.org_unit, check.day.isoformat(), check.shift)))
    return Sheet(name, CODES, paper)


def _head(check: DailyCheck, words: Words, zone: tzinfo) -> Sequence[tuple[str, str]]:
    late = f" ({words('late')})" if check.late else ""
    return [
        ("ends_at", _local(check.ends_at, zone)),
        ("made_at", _local(check.made_at, zone) + late),
        *((name, str(getattr(check, name))) for name in ("opened", "completed", "open")),
        *((state, str(count)) for state, count in check.by_state.items()),
        ("overdue", str(check.overdue)),
        ("carried_over", str(check.carried_over)),
    ]


def _row(entry: Entry, words: Words, zone: tzinfo) -> Sequence[Cell]:
    return (
        entry.order_no or NOTHING,
        words(entry.state.value),
        _local(entry.due_at, zone),
        words("yes") if entry.overdue else "",
        entry.days_open,
        entry.reason or "",
        entry.instruction or "",
    )


def _local(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime(MINUTE)
