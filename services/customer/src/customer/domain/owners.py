"""Who cares for a customer on our side, and what is handed over when that changes (CF-22, CF-23,
CF-26, XC-17)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.rules import RuleBroken


class Link(StrEnum):
    """As what a person of ours is linked to a customer."""

    ADVISOR = "advisor"
    BACKUP = "backup"


class AdvisorTaken(RuleBroken):
    """The customer has as many advisors as the packs let him have (CF-23)."""

    code = "advisor_taken"


@dataclass(frozen=True)
class LinkRule:
    """By how many contacts and persons of ours a customer is known at least (CF-22)."""

    min_links: int


@dataclass(frozen=True)
class AdvisorRule:
    """How many advisors a customer has at most (CF-23)."""

    most: int


@dataclass(eq=False, kw_only=True)
class StaffLink:
    """A person of ours who knows a customer."""

    customer_id: UUID
    person_id: UUID
    link: Link
    since: datetime
    version: int = 1


@dataclass(eq=False, kw_only=True)
class Handover:
    """A customer who went from one unit or owner to another, and what the next one has to know."""

    id: UUID
    customer_id: UUID
    from_unit: str
    to_unit: str
    old_owner_id: UUID | None
    new_owner_id: UUID | None
    note: str
    at: datetime
    by: str
