"""What is greeted: the days of a contact's own, and the festivals of a unit (CM-01, CM-06)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from notify.domain.birthdays import Birthday, SolarOf, next_birthday

HOME_LANGUAGE = "zh-CN"
BIRTHDAY = "birthday"
ANNIVERSARY = "cooperation_anniversary"
OWN_DATE = "own_date"
# The occasions that are a contact's own, and the words that their greetings have beside the name.
PERSONAL: Mapping[str, frozenset[str]] = {
    BIRTHDAY: frozenset(),
    ANNIVERSARY: frozenset({"years"}),
    OWN_DATE: frozenset({"occasion"}),
}
OF_A_FESTIVAL = frozenset({"occasion"})
GREETED = ("contact", "care_date")  # The kinds of subject whose messages are greetings.
ONE_DAY = timedelta(days=1)


class SameDay(StrEnum):
    """What is said to a contact of whom several occasions fall on one day."""

    FIRST = "first"  # the greeting of the occasion that comes first alone
    EACH = "each"


@dataclass(frozen=True, kw_only=True)
class Festival:
    """A day of every year, kept as birthdays are: day 30 of a short lunar month on the 29th.

    ``names`` are what it is called, by BCP 47 tag; all other languages take HOME_LANGUAGE's.
    """

    code: str
    day: Birthday
    names: Mapping[str, str]

    def called(self, language: str) -> str:
        """Its name in ``language``, else in its main language, else in HOME_LANGUAGE."""
        main = language.partition("-")[0]
        near = (one for one in self.names if one.partition("-")[0] == main)
        return self.names[language if language in self.names else next(near, HOME_LANGUAGE)]

    def year_on(self, day: date, solar_of: SolarOf) -> int | None:
        """The year of its own calendar in which it is kept on ``day``; None on any other day."""
        kept = next_birthday(self.day, after=day - ONE_DAY, solar_of=solar_of)
        return kept.year if kept.on == day else None


@dataclass(frozen=True, kw_only=True)
class CareDayRule:
    """``precedence`` names occasions, the first one first; all others stand behind them."""

    same_day: SameDay
    precedence: tuple[str, ...]

    def silences(self, occasion: str, others: Collection[str]) -> bool:
        """Whether a greeting for ``occasion`` goes unsaid for the ``others`` of the same day. What
        stands at no place goes by its code, so that one of them is always said."""
        if self.same_day is SameDay.EACH:
            return False
        return any(self._place(one) < self._place(occasion) for one in others)

    def _place(self, occasion: str) -> tuple[int, str]:
        if occasion in self.precedence:
            return self.precedence.index(occasion), occasion
        return len(self.precedence), occasion


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """An occasion as it falls on one day. ``subject`` is whose it is, ``year`` that of the calendar
    by which it recurs; ``words`` are what its greeting may show."""

    occasion: str
    subject: str
    on: date
    year: int
    words: Mapping[str, str] = field(default_factory=dict)
