"""Count what a weekly report is made of, by a few statements however many complaints there are.

Department and cause are those of the form in use, and the due times of clocks those that hold when
it is counted; all else is as it was at the end of the period.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from complaint.adapters.counts import complaints, flows, notable, penalties, results, times, waits
from complaint.adapters.counts.past import Past
from complaint.domain.counts import Counts
from complaint.domain.weekly_reports import NotableRule, Period, RecurrenceRule


class Counting:
    """What happened in one period, as the database says."""

    def __init__(self, session: Session, period: Period) -> None:
        self._of = (session, Past(period))

    def counts(self, rule: RecurrenceRule | None) -> Counts:
        """Everything that is counted; nothing recurs where no rule says what does."""
        return Counts(
            cells=complaints.cells(*self._of),
            clocks=times.timed_clocks(*self._of),
            answers=results.answers(*self._of),
            outcome=results.outcome(*self._of),
            solved=results.solved(*self._of),
            happened=times.happened(*self._of),
            repeats=complaints.repeats(*self._of),
            recurrences=complaints.recurrences(*self._of, rule) if rule else [],
            flows=flows.flow_cells(*self._of),
            times=waits.times(*self._of),
            waits=waits.waits(*self._of),
            penalties=penalties.penalty_steps(*self._of),
        )

    def notable(self, rule: NotableRule) -> list[Mapping[str, Any]]:
        """The complaints that are named, the gravest first."""
        return notable.notable(*self._of, rule)

    def open_list(self) -> list[Mapping[str, Any]]:
        """The first of those that are open: the highest level first, then what is due next."""
        return complaints.open_list(*self._of)
