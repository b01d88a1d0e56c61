"""The weekly reports as they are found."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import WeeklyReport
from complaint.adapters.tables import weekly_reports
from complaint.domain.iso_weeks import IsoWeek
from shared.rules import NotFound
from shared.scope import within
from shared.tables import journal, org_units


class WeeklyReports:
    """The reports of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, report: WeeklyReport) -> None:
        """Keep a new revision."""
        self._session.add(report)

    def latest(self, unit: str, week: IsoWeek, revision: int | None = None) -> WeeklyReport | None:
        """The last revision of the unit and week, or that one; None where there is none."""
        of = weekly_reports.c
        query = select(WeeklyReport).where(
            of.org_unit == unit, of.year == week.year, of.week == week.week
        )
        if revision is not None:
            query = query.where(of.revision == revision)
        return self._session.scalars(query.order_by(of.revision.desc()).limit(1)).first()

    def get(self, unit: str, week: IsoWeek, revision: int | None = None) -> WeeklyReport:
        """As ``latest``. Raises NotFound."""
        found = self.latest(unit, week, revision)
        if found is None:
            raise NotFound("There is no such report.")
        return found

    def position(self) -> int:
        """Up to where the journal is written."""
        return self._session.scalar(select(func.max(journal.c.position))) or 0

    def units_below(self, unit: str) -> list[tuple[str, str]]:
        """Code and kind of the unit and of those below it."""
        query = select(org_units.c.unit, org_units.c.kind).where(within(org_units.c.unit, unit))
        return [(row.unit, row.kind) for row in self._session.execute(query)]
