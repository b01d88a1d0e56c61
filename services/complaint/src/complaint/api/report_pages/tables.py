"""The tables of which every form of the report consists. What a revision of former times does not
hold has no table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from complaint.adapters.mapping import WeeklyReport
from complaint.domain.iso_weeks import IsoWeek
from shared.web.papers import Cell, Paper, Table
from shared.words import Words

COUNTS = ("received", "closed", "open")
HOURS = ("cases", "mean", "median", "p90", "longest")
STEPS = ("proposed", "confirmed", "waived", "withdrawn", "posted")
MINUTE = "%Y-%m-%d %H:%M"
NOTHING = "–"


def paper_of(report: WeeklyReport, words: Words, zone: tzinfo) -> Paper:
    """The report in the words of a language, with times in the zone of its unit."""
    week = IsoWeek(report.year, report.week)
    period, because = report.period, report.because
    head = (
        (words("revision"), str(report.revision)),
        (words("about_units"), ", ".join(period.units)),
        (words("from_at"), _local(period.from_at, zone)),
        (words("until_at"), _local(period.until_at, zone)),
        (words("made_at"), _local(report.made_at, zone)),
        (words("because"), f"{because.pack} {because.version}, {because.clause}"),
    )
    title = f"{words('title')} {report.org_unit} {week}"
    tables = tuple(_tables(report, words, zone))
    return Paper(words.language, title, head, tables, words("nothing"))


def _tables(report: WeeklyReport, words: Words, zone: tzinfo) -> Iterator[Table]:
    figures = report.figures
    yield _key_figures(figures, words)
    yield from _counted(figures["by"], words("complaints"), words)
    if "flows" in figures:
        yield _counts(figures["flows"], words("flows"), "kind", words)
        for kind, told in figures["flows"].items():
            yield from _counted(told["by"], words(kind), words)
    yield _clocks(figures["clocks"], words)
    yield _answers(figures["satisfaction"], words)
    yield _hours(figures.get("times", {}), words("times"), "kind", words)
    by_level = f"{words('times')}, {words('complaints')}"
    yield _hours(figures["solution_hours"], by_level, "level", words)
    yield _waits(figures.get("waits", {}), words)
    yield _penalties(figures.get("penalties", {}), words)
    yield _recurrences(figures["recurrences"], words)
    yield _notable(report.notable, words)
    yield _open_list(report, words, zone)
    yield _changes(report.changes, words)


def _key_figures(figures: Mapping[str, Any], words: Words) -> Table:
    rows: list[Sequence[Cell]] = [
        (words(name), number, "") for name, number in figures["totals"].items()
    ]
    for name, told in figures["rates"].items():
        share = f"{told['part']} / {told['whole']}"
        rate = told["rate"]
        shown = rate if name == "satisfaction" else _percent(rate)
        rows.append((words(name), NOTHING if shown is None else shown, share))
    return _table("key_figures", ("name", "value", "share"), rows, words)


def _counted(dimensions: Mapping[str, Any], title: str, words: Words) -> Iterator[Table]:
    for name, counted in dimensions.items():
        yield _counts(counted, f"{title}, {words('by')} {words(name)}", name, words)


def _counts(counted: Mapping[str, Any], title: str, name: str, words: Words) -> Table:
    rows = [(words(said), *(told[one] for one in COUNTS)) for said, told in counted.items()]
    return Table(title, [words(one) for one in (name, *COUNTS)], rows)


def _clocks(clocks: Mapping[str, Any], words: Words) -> Table:
    rows = [
        (words(name), told["whole"], told["part"], _percent(told["rate"]), told["missed_hard"])
        for name, told in clocks.items()
    ]
    return _table("clocks", ("clock", "due", "on_time", "rate", "missed_hard"), rows, words)


def _answers(answers: Iterable[Mapping[str, Any]], words: Words) -> Table:
    columns = ("scale", "answer", "normalised", "answers")
    return _table(
        "satisfaction", columns, [[one[name] for name in columns] for one in answers], words
    )


def _hours(told: Mapping[str, Any], title: str, name: str, words: Words) -> Table:
    rows = [(words(said), *_spans(one)) for said, one in told.items()]
    return Table(title, [words(one) for one in (name, *HOURS)], rows)


def _waits(waits: Mapping[str, Any], words: Words) -> Table:
    rows = [
        (
            words(kind),
            words(stage),
            *_spans(one),
            words("yes") if stage == told["bottleneck"] else "",
        )
        for kind, told in waits.items()
        for stage, one in told["stages"].items()
    ]
    return _table("waits", ("kind", "stage", *HOURS, "bottleneck"), rows, words)


def _penalties(penalties: Mapping[str, Any], words: Words) -> Table:
    rows = [
        (words(code), *(told.get(step, 0) for step in STEPS), told["amount"])
        for code, told in penalties.items()
    ]
    return _table("penalties", ("code", *STEPS, "amount"), rows, words)


def _recurrences(recurrences: Iterable[Mapping[str, Any]], words: Words) -> Table:
    columns = ("about", "department", "complaints")
    rows = [
        (words(one["about"]), words(one["department"]), one["complaints"]) for one in recurrences
    ]
    return _table("recurrences", columns, rows, words)


def _notable(notable: Iterable[Mapping[str, Any]], words: Words) -> Table:
    rows = [
        (one["number"], one["level"], ", ".join(map(words, one["reasons"])), one["handler_id"])
        for one in notable
    ]
    return _table("notable", ("number", "level", "reasons", "handler"), rows, words)


def _open_list(report: WeeklyReport, words: Words, zone: tzinfo) -> Table:
    rows = [
        (one["number"], one["level"], one["handler_id"], _due(one["next_due_at"], zone))
        for one in report.open_list
    ]
    left = report.open_not_listed
    note = f"{words('not_listed')}: {left}" if left else ""
    return _table(
        "open_list", ("number", "level", "handler", "next_due_at"), rows, words, note=note
    )


def _changes(changes: Mapping[str, Any], words: Words) -> Table:
    rows = [
        (
            path,
            *(NOTHING if told[name] is None else str(told[name]) for name in ("before", "after")),
        )
        for path, told in changes.items()
    ]
    return _table("changes", ("path", "before", "after"), rows, words)


def _table(title: str, columns: Sequence[str], rows: Any, words: Words, *, note: str = "") -> Table:
    return Table(words(title), [words(column) for column in columns], rows, note)


def _spans(told: Mapping[str, Any]) -> list[Cell]:
    return [told.get(name, NOTHING) for name in HOURS]


def _percent(rate: float | None) -> str:
    return NOTHING if rate is None else f"{rate:.1%}"


def _local(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime(MINUTE)


def _due(at: str | None, zone: tzinfo) -> str:
    return _local(datetime.fromisoformat(at), zone) if at else NOTHING
