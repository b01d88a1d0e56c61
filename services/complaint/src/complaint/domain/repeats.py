"""Which earlier complaint is about the same event: the section ``repeats`` of a pack (CP-62)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from complaint.domain.intake import Details, Intake


@dataclass(frozen=True)
class RepeatRule:
    """How long ago the earlier complaint may have been received, in plain days."""

    window_days: int

    def since(self, received_at: datetime) -> datetime:
        """From when on earlier complaints count for one of ``received_at``."""
        return received_at - timedelta(days=self.window_days)


NAMES = ("sales_order", "product_code")


def same_subject(
    intake: Intake, details: Details, *, earlier: Intake, earlier_details: Details
) -> bool:
    """Whether both tell of the same order or product code, or, where neither tells of one that the
    other contradicts, of the same thing at the same shop."""
    pairs = [(getattr(details, name), getattr(earlier_details, name)) for name in NAMES]
    named = [(one, other) for one, other in pairs if one and other]
    if named:
        return all(one == other for one, other in named)
    return (intake.org_unit, intake.about) == (earlier.org_unit, earlier.about)
