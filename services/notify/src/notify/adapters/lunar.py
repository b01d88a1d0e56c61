"""The Chinese lunar calendar, by tables that reach from 1900 to 2100."""

from datetime import date

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate


def solar_of(year: int, month: int, day: int) -> date | None:
    """The solar date of a day of an ordinary lunar month; None where that year lacks the day."""
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except InvalidLunarDateError:
        return None
    return found
