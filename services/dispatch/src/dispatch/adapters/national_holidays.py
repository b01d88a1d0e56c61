"""The holidays and make-up working days of a nation, from the package ``holidays``."""

from collections.abc import Iterable

from holidays.countries.china import China

from dispatch.domain.calendars import NationalDays

LANGUAGE = "en_US"


def national_days(nation: str | None, years: Iterable[int]) -> NationalDays:
    """The days off and make-up days of ``nation`` ("CN") in ``years``; None: no days at all.

    A year counts as published once its make-up days are known: the State Council gives notice of
    them in November of the year before, and the package carries them in a later release. Without a
    nation no table is waited for, so every year is published. Raises KeyError for another nation.
    """
    wanted = tuple(years)
    if nation is None:
        return NationalDays(holidays={}, workdays=frozenset(), published=frozenset(wanted))
    return {"CN": _china}[nation](wanted)


def _china(years: tuple[int, ...]) -> NationalDays:
    table = China(years=years, language=LANGUAGE)  # type: ignore[no-untyped-call]
    workdays = frozenset(day for day in table.weekend_workdays if day.year in years)
    return NationalDays(
        holidays=dict(sorted(table.items())),
        workdays=workdays,
        published=frozenset(day.year for day in workdays),
    )
