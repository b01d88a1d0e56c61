"""Summaries of opinions as they are found, and the reports that they are about."""

from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select

from customer.adapters.mapping import OpinionSummary, Visit
from customer.adapters.registers import Register
from customer.adapters.tables import opinion_summaries, visits


class Opinions(Register[OpinionSummary]):
    """The summaries of one database session."""

    kind, table, called = OpinionSummary, opinion_summaries, "summary of opinions"

    def is_begun(self, unit: str, period_from: date) -> bool:
        """Whether the opinions of that unit and period are summarised already."""
        same = exists().where(
            opinion_summaries.c.org_unit == unit, opinion_summaries.c.period_from == period_from
        )
        return bool(self._session.scalar(select(same)))

    def reports(self, summary: OpinionSummary) -> Select[Any]:
        """The query of the visits whose reports hold the opinions. It always finds the same ones:
        none is reported later at a time that has passed."""
        return select(Visit).where(
            visits.c.org_unit.in_(summary.units),
            visits.c.activity.in_(summary.activities),
            visits.c.reported_at >= summary.from_at,
            visits.c.reported_at < summary.until_at,
        )

    def count_reports(self, summary: OpinionSummary) -> int:
        """How many reports those are."""
        found = self.reports(summary).with_only_columns(func.count())
        return self._session.scalar(found) or 0
