"""The schemes by which customers are graded: each firm has several, and they do not mix (K-01)."""

from dataclasses import dataclass
from enum import StrEnum


class SchemeKind(StrEnum):
    """How a customer comes by a grade: the service works it out, a scorecard suggests it, somebody
    says so, or two roles decide together (K-15)."""

    COMPUTED = "computed"
    SCORECARD = "scorecard"
    MANUAL = "manual"
    JOINT = "joint"


class Visibility(StrEnum):
    """Whether the customer himself may know his grade (CL-32)."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Computed(StrEnum):
    """The schemes that the service works out by itself; they hold wherever the customer deals."""

    SIZE = "size"
    INDUSTRY = "industry"
    TENURE = "tenure"
    VALUE = "value"


COMPUTED = tuple(scheme.value for scheme in Computed)


@dataclass(frozen=True)
class GradeValue:
    """One grade of a scheme; ``rank`` 1 is the best. Of two customers that wait for the same, the
    one with the smaller ``priority`` comes first (CL-28, CL-29); without it nobody is preferred."""

    code: str
    rank: int
    priority: int | None = None


@dataclass(frozen=True)
class GradeScheme:
    """A scheme as a pack defines it. ``proposers`` may ask for a grade and ``approvers`` must all
    agree to it, each by a person of his own; nobody approves what he proposed himself.

    ``assigners`` give the first grade by themselves (CL-32). ``form``: this form of the customer's
    file is filled in before the grade (CL-21); ``admitted_only``: the entry comes before it.
    ``owner_initiates``: only the unit that is responsible for the customer proposes (CL-34).
    ``skip_up`` and ``skip_down``: whether a grade in between may be left out (CL-25, K-14);
    ``raised_on_review``: a better grade needs a stage review.
    """

    scheme: str
    title: str
    kind: SchemeKind
    values: tuple[GradeValue, ...]
    visibility: Visibility = Visibility.PUBLIC
    per_product: bool = False
    form: str | None = None
    admitted_only: bool = False
    owner_initiates: bool = False
    raised_on_review: bool = False
    assigners: tuple[str, ...] = ()
    proposers: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    skip_up: bool = True
    skip_down: bool = True

    @property
    def internal(self) -> bool:
        """Whether the customer must not know his grade."""
        return self.visibility is Visibility.INTERNAL

    def value(self, code: str) -> GradeValue | None:
        """The grade of that code."""
        return next((value for value in self.values if value.code == code), None)

    def rank(self, code: str | None) -> int | None:
        """The rank of a grade; None for one that the scheme does not know."""
        value = self.value(code) if code is not None else None
        return value.rank if value else None

    def change(self, old: str | None, new: str) -> str:
        """What leads from one grade to the other: ``raised``, ``lowered``, ``confirmed``, or
        ``graded`` where there is nothing to compare with."""
        was, now = self.rank(old), self.rank(new)
        if was is None or now is None:
            return "graded"
        return "confirmed" if was == now else "raised" if now < was else "lowered"


def faults(scheme: GradeScheme) -> list[str]:
    """Why a scheme cannot work."""
    said = []
    if len({value.code for value in scheme.values}) < len(scheme.values):
        said.append("A grade stands in the scheme twice.")
    if sorted(value.rank for value in scheme.values) != list(range(1, len(scheme.values) + 1)):
        said.append("The ranks do not run from 1 without a gap.")
    if (scheme.kind is SchemeKind.COMPUTED) != (scheme.scheme in COMPUTED):
        said.append("The service works out its own schemes, and no others.")
    named = scheme.proposers or scheme.approvers or scheme.assigners
    if scheme.kind is SchemeKind.COMPUTED and named:
        said.append("Nobody proposes or approves what is worked out.")
    if scheme.kind is not SchemeKind.COMPUTED and not scheme.proposers:
        said.append("Somebody has to propose a grade.")
    if scheme.kind is SchemeKind.JOINT and len(set(scheme.approvers)) < 2:
        said.append("A joint decision needs two roles.")
    return said
