"""How cases of any kind stand to each other (K-22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from complaint.domain.cases import Case
from complaint.domain.events.links import CaseLinked
from shared.rules import Invalid, RuleBroken


class Relation(StrEnum):
    """How the source of a link stands to its target; only ``related`` reads the same both ways."""

    RELATED = "related"
    CAUSED_BY = "caused_by"
    DUPLICATE_OF = "duplicate_of"
    FOLLOW_UP_OF = "follow_up_of"
    CONVERTED_FROM = "converted_from"


# What a person may say; that one was converted from another follows from the conversion alone.
SAID = tuple(one for one in Relation if one is not Relation.CONVERTED_FROM)


class LinkToSelf(Invalid):
    """A case does not stand to itself in any way."""

    code = "link_to_self"


class LinkedCaseUnknown(Invalid):
    """The case to be linked is not there, or not to be seen."""

    code = "linked_case_unknown"


class LinkKnown(RuleBroken):
    """That is said already."""

    code = "link_known"


class LinkCycle(RuleBroken):
    """The other case stands to this one in the same way already, directly or over others."""

    code = "link_cycle"


@dataclass(frozen=True)
class CaseName:
    """By what people know a case; none of it ever changes."""

    kind: str
    id: UUID
    number: str

    @classmethod
    def of(cls, case: Case) -> "CaseName":
        """That of a case."""
        return cls(case.kind, case.id, case.number)


@dataclass(eq=False, kw_only=True)
class CaseLink:
    """``source`` is in ``relation`` to ``target``, as somebody said."""

    id: UUID
    relation: Relation
    source: CaseName
    target: CaseName
    linked_by: UUID
    linked_at: datetime


def check_ends(source_id: UUID, target_id: UUID) -> None:
    """Raises LinkToSelf."""
    if source_id == target_id:
        raise LinkToSelf("A case is not linked with itself.")


def check(relation: Relation, source_id: UUID, *, known: bool, ahead: Collection[UUID]) -> None:
    """Refuse what is said already, or contradicts it. ``ahead`` are the cases to which the links of
    that relation lead from the target.

    Raises LinkKnown, LinkCycle.
    """
    if known:
        raise LinkKnown("These cases are linked so already.")
    if relation is not Relation.RELATED and source_id in ahead:
        raise LinkCycle(f"The other case is {relation} this one already.")


def told(case: Case, link: CaseLink) -> CaseLinked:
    """What is told of a link of which ``case`` is the source."""
    return CaseLinked(
        **case.told_of(),
        relation=link.relation,
        other_kind=link.target.kind,
        other_id=link.target.id,
        linked_by=link.linked_by,
    )
