"""Entering a customer in the customer base of a unit (AD-09, AD-12, K-12)."""

from dataclasses import dataclass
from enum import StrEnum

from shared.rules import Invalid, RuleBroken


class AdmittedBy(StrEnum):
    """How customers of a kind are admitted: each unit by conditions, or once by a form."""

    CONDITIONS = "conditions"
    FORM = "form"


@dataclass(frozen=True)
class EntryDuty:
    """What is asked of a kind of customers (K-12). Where ``requires_entry`` they are entered by an
    act of its own, which names a full-time owner; elsewhere they are entered at once."""

    requires_admission: bool
    requires_entry: bool
    admitted_by: AdmittedBy = AdmittedBy.CONDITIONS


NO_DUTY = EntryDuty(requires_admission=False, requires_entry=False)


class OwnerUnknown(Invalid):
    """The owner is no active person that this service was told of (AD-12)."""

    code = "owner_unknown"


class GradeMissing(RuleBroken):
    """The customer was not graded before he is entered (AD-10)."""

    code = "grade_missing"
