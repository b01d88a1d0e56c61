"""An import that is under way or done: how far it came, so that it can go on after a kill."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from customer.domain.import_rows import Report


@dataclass(eq=False, kw_only=True)
class Import:
    """A file that somebody of ``unit`` sent under ``key``. ``rows`` is how many it holds,
    ``done_through`` the last of them, counted as a spreadsheet does, that is in the books. One
    that is done at once, and never kept, has no id."""

    id: UUID | None
    key: str
    principal: str
    unit: str
    digest: str
    rows: int
    started_at: datetime
    done_through: int = 1
    report: Report
    finished_at: datetime | None = None
    version: int = 1

    def advance(self, through: int, came: Report) -> None:
        """Count one more part of the file, up to the row ``through``."""
        total = Report()
        total.add(self.report)
        total.add(came)
        self.report, self.done_through = total, through

    def finish(self, now: datetime) -> None:
        """There is nothing left of the file."""
        self.finished_at = self.finished_at or now
