"""What a pack says about blacklists, as plain values, and the refusals that follow from them."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from shared.rules import Forbidden, Invalid, RuleBroken, Ruling


class Scope(StrEnum):
    """Whom an entry bars from dealing: the department that keeps it, or the whole company."""

    DEPARTMENT = "department"
    COMPANY = "company"


class CustomerBlacklisted(RuleBroken):
    """The customer stands on a blacklist that bars this unit (AD-11, AD-16)."""

    code = "customer_blacklisted"


class AlreadyBlacklisted(RuleBroken):
    """The customer stands on that list, or is reported for it, already."""

    code = "already_blacklisted"


class NoAuthority(Forbidden):
    """The list is kept by others (AD-14)."""

    code = "blacklist_authority"


class SamePerson(Forbidden):
    """Two different persons have to decide (AD-18, AD-20, AD-23)."""

    code = "two_persons_needed"


class ReasonUnknown(Invalid):
    """No pack names such a reason for that list (AD-20)."""

    code = "blacklist_reason_unknown"


class NotReportable(RuleBroken):
    """Customers of his grade are not reported for the list of the company (AD-20)."""

    code = "blacklist_grade_missing"


class ValidityNotShorter(Invalid):
    """The validity of an entry may be shortened and nothing else (AD-17)."""

    code = "validity_not_shorter"


class ValidityRuns(RuleBroken):
    """The customer may come back after the validity has ended (AD-18)."""

    code = "validity_runs"


class ConditionsUnmet(RuleBroken):
    """The review did not find every condition of admission met (AD-18)."""

    code = "return_conditions_unmet"


class ApprovalRepeated(RuleBroken):
    """That side has approved already."""

    code = "approval_repeated"


class Officer(Protocol):
    """Who keeps a list, as his token names him."""

    @property
    def id(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Authority:
    """The roles that keep a list (AD-14)."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class Validity:
    """For how many months an entry is valid (AD-17); None is without end."""

    months: int | None


@dataclass(frozen=True)
class Grounds:
    """For which reasons a customer gets on a list; where ``grades`` are named, he has to hold one
    of them (AD-20)."""

    reasons: tuple[str, ...]
    grades: tuple[str, ...] = ()


@dataclass(frozen=True)
class Return:
    """Who lets a customer come back (AD-18): one leader of the company and one of the department
    that keeps the list. ``conditions`` are those of admission that a review looks at."""

    company_leaders: tuple[str, ...]
    department_leaders: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class ReturnGrade:
    """The grade with which a customer comes back (AD-19)."""

    scheme: str
    grade: str


@dataclass(frozen=True)
class Told:
    """The roles that are told of entries (AD-15, AD-21)."""

    roles: tuple[str, ...]


def check_authority(roles: Collection[str], ruling: Ruling[Authority]) -> None:
    """Raise NoAuthority unless one of ``roles`` keeps the list (AD-14)."""
    if not set(roles) & set(ruling.value.roles):
        raise NoAuthority(
            "This list is kept by others.",
            because=ruling.because,
            roles=list(ruling.value.roles),
        )


def check_grounds(reason: str, grades: Collection[str], ruling: Ruling[Grounds]) -> None:
    """Raise ReasonUnknown or NotReportable unless ``reason`` and a grade lead to the list."""
    if reason not in ruling.value.reasons:
        known = ", ".join(ruling.value.reasons)
        raise ReasonUnknown(
            "There is no such reason.",
            because=ruling.because,
            errors={"reason_code": [f"Is one of {known}."]},
        )
    if ruling.value.grades and not set(grades) & set(ruling.value.grades):
        raise NotReportable(
            "Customers of his grade are not reported.",
            because=ruling.because,
            grades=list(ruling.value.grades),
        )
