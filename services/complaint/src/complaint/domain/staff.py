"""Who is there to act, and who is acting."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from shared.rules import Because, Forbidden, Invalid


class Role(StrEnum):
    """The role codes of ``shared/contracts/roles.json`` that take part in a complaint.

    A pack may name only these, since the routes let nobody else in.
    """

    REGIONAL_SERVICE_ASSISTANT = "regional_service_assistant"
    FRANCHISE_RECEPTION_CLERK = "franchise_reception_clerk"
    GENERAL_SERVICE_MANAGER = "general_service_manager"
    GENERAL_SERVICE_SUPERVISOR = "general_service_supervisor"
    SALES_CENTRE_DIRECTOR = "sales_centre_director"
    ADMINISTRATION_CENTRE_DIRECTOR = "administration_centre_director"
    FRANCHISE_CLERK = "franchise_clerk"
    GENERAL_MANAGER = "general_manager"
    DEPARTMENT_LEADER = "department_leader"
    DEPARTMENT_HEAD = "department_head"
    GM_MEETING_SECRETARY = "gm_meeting_secretary"
    COMPLAINT_OVERSIGHT = "complaint_oversight"
    ACCOUNT_MANAGER = "account_manager"
    KEY_ACCOUNT_GROUP = "key_account_group"
    MARKETING_DIVISION = "marketing_division"


@dataclass(frozen=True)
class Caller:
    """The person who gives a command: his roles, and the unit below which he sees complaints."""

    id: UUID
    roles: frozenset[str]
    unit: str


class Filer(Protocol):
    """Who files a case, and the unit below which he finds what it is about."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Customer:
    """The customer who files a case himself, with the unit that he turns to: nobody of the staff,
    and known to nobody."""

    unit: str
    id: None = None


@dataclass(frozen=True)
class Post:
    """A role that an active person holds in a unit."""

    person_id: UUID
    unit: str
    role: str


class TierEmpty(Invalid):
    """Nobody holds the roles to which the complaint has to go, so it cannot go there."""

    code = "tier_empty"
    later = True


class NotOfThisTier(Forbidden):
    """The complaint is in other hands: neither the caller's roles nor he himself are asked."""

    code = "not_of_this_tier"


def check_roles(by: Caller, *, roles: Collection[Role], because: Because | None = None) -> None:
    """Refuse whoever has none of ``roles``. Raises NotOfThisTier."""
    if not by.roles.intersection(roles):
        raise NotOfThisTier("Others handle this.", because=because, roles=sorted(roles))


def nearest(posts: Sequence[Post], rings: Iterable[frozenset[str]]) -> list[UUID]:
    """Who is found first when the search widens from the unit towards the company.

    ``rings`` are the units at and below the unit, at and below its parent, and so on. All holders
    in the first ring that has any, ordered by id, so that the same staff gives the same answer.
    """
    for ring in rings:
        found = {post.person_id for post in posts if post.unit in ring}
        if found:
            return sorted(found)
    return []
