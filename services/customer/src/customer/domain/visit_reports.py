"""What is written down of a visit, and what a regulation wants to find there (VS-03, VS-13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.rules import Invalid


class ReportIncomplete(Invalid):
    """A part of the report that the pack asks for is missing: the visit is not done (VS-13)."""

    code = "report_incomplete"


class DataCheckMissing(Invalid):
    """The customer's data were not checked on the visit: it cannot be closed (CF-37)."""

    code = "data_check_missing"


class NotOrganiser(Invalid):
    """Of a visit that several make together the department that organised it reports (VS-35)."""

    code = "not_organiser"


class DataCheck(StrEnum):
    """What became of the customer's data on the visit."""

    CHECKED = "checked"
    UPDATED = "updated"


@dataclass(frozen=True)
class ReportRule:
    """The ``sections`` that a report on ``activity`` has at least. With ``data_check`` the data of
    the customer are checked each time, and who holds ``office`` is told when they changed."""

    activity: str
    sections: tuple[str, ...] = ()
    data_check: bool = False
    office: str | None = None


@dataclass(frozen=True, kw_only=True)
class VisitRecord:
    """What is written down besides the summary. ``participants`` are persons of ours, and
    ``invited_units`` their departments; ``verified`` names what was found to be true (VS-14)."""

    sections: Mapping[str, str] = field(default_factory=dict)
    participants: tuple[UUID, ...] = ()
    invited_units: tuple[str, ...] = ()
    organiser_unit: str | None = None
    verified: tuple[str, ...] = ()
    data_check: DataCheck | None = None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "VisitRecord":
        """The record that JSON holds."""
        return cls(
            sections=dict(data["sections"]),
            participants=tuple(UUID(str(one)) for one in data["participants"]),
            invited_units=tuple(data["invited_units"]),
            organiser_unit=data["organiser_unit"],
            verified=tuple(data["verified"]),
            data_check=DataCheck(data["data_check"]) if data["data_check"] else None,
        )

    def check(self, rules: Iterable[ReportRule]) -> None:
        """Raise ReportIncomplete or DataCheckMissing unless all of ``rules`` are kept."""
        known = list(rules)
        wanted = [name for rule in known for name in rule.sections]
        missing = sorted({name for name in wanted if name not in self.sections})
        if missing:
            errors = {f"sections.{name}": ["Is asked for."] for name in missing}
            raise ReportIncomplete("The report lacks what is asked for.", errors=errors)
        if self.data_check is None and any(rule.data_check for rule in known):
            errors = {"data_check": ["Is asked for."]}
            raise DataCheckMissing("Check the data of the customer on each visit.", errors=errors)

    @property
    def data_changed(self) -> bool:
        """Whether the customer's data were brought up to date."""
        return self.data_check is DataCheck.UPDATED
