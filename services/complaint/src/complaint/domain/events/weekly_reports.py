"""The weekly report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class WeeklyReportGenerated:
    """A revision of the report of a unit and week was made (CP-37, RP-01)."""

    type: ClassVar[str] = "complaint.weekly_report_generated.v1"
    subject: ClassVar[str] = "weekly_report/{org_unit}/{week}"

    org_unit: str
    week: str
    revision: int
    figures: Mapping[str, int]
    rates: Mapping[str, float | None]
    told_ids: tuple[UUID, ...]
    because: Because
