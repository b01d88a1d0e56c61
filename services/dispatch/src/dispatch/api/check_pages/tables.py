"""The head and the rows of which every form of the list consists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from importlib.resources import files

import yaml

from dispatch.domain.daily_checks import DailyCheck, Entry

LANGUAGES = ("zh-CN", "en")
CODES = ("order_no", "state", "due_at", "overdue", "days_open", "reason", "instruction")
MINUTE = "%Y-%m-%d %H:%M"
NOTHING = "–"


@dataclass(frozen=True)
class Sheet:
    """The list in the words of a language; ``name`` is that of its file."""

    language: str
    name: str
    title: str
    head: Sequence[tuple[str, str]]
    codes: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    nothing: str


def sheet_of(check: DailyCheck, entries: Sequence[Entry], language: str, zone: tzinfo) -> Sheet:
    """The list with times in the zone of its unit."""
    words = _words(language)
    shift = f" {check.shift}" if check.shift else ""
    head = [
        ("ends_at", _local(check.ends_at, zone)),
        ("made_at", _local(check.made_at, zone) + (f" ({words['late']})" if check.late else "")),
        *((name, str(getattr(check, name))) for name in ("opened", "completed", "open")),
        *((state, str(count)) for state, count in check.by_state.items()),
        ("overdue", str(check.overdue)),
        ("carried_over", str(check.carried_over)),
    ]
    return Sheet(
        language=language,
        name="-".join(filter(None, (check.org_unit, check.day.isoformat(), check.shift))),
        title=f"{words['title']} {check.org_unit} {check.day}{shift}",
        head=[(words.get(name, name), said) for name, said in head],
        codes=CODES,
        columns=[words[name] for name in CODES],
        rows=[_row(one, words, zone) for one in entries],
        nothing=words["nothing"],
    )


def _row(entry: Entry, words: Mapping[str, str], zone: tzinfo) -> Sequence[str]:
    return (
        entry.order_no or NOTHING,
        words.get(entry.state.value, entry.state.value),
        _local(entry.due_at, zone),
        words["yes"] if entry.overdue else "",
        str(entry.days_open),
        entry.reason or "",
        entry.instruction or "",
    )


def _local(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime(MINUTE)


@cache
def _words(language: str) -> Mapping[str, str]:
    text = (files(__package__) / f"words.{language}.yaml").read_text(encoding="utf-8")
    found: Mapping[str, str] = yaml.safe_load(text)
    return found
