"""What the form tells of the matter before the complainant is told a result (F-01, CP-23)."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaint.domain.intake import Details
from shared.rules import RuleBroken, Ruling


@dataclass(frozen=True)
class FormRule:
    """The names of details that have to stand on the form."""

    details: tuple[str, ...]


class DetailsMissing(RuleBroken):
    """The form does not tell yet what the pack asks of it."""

    code = "details_missing"


def check_complete(details: Details, rules: Sequence[Ruling[FormRule]]) -> None:
    """Raises DetailsMissing, which names every detail that is not known."""
    lacking = {
        name: rule.because
        for rule in rules
        for name in rule.value.details
        if getattr(details, name) is None
    }
    if lacking:
        raise DetailsMissing(
            "The form does not tell yet what it has to.",
            because=next(iter(lacking.values())),
            missing=sorted(lacking),
        )
