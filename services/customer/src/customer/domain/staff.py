"""Who is there to visit a customer, and who is asking."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Role(StrEnum):
    """The role codes of ``shared/contracts/roles.json`` that this service knows."""

    SALES_TEAM = "sales_team"
    CUSTOMER_SERVICE_TEAM = "customer_service_team"
    SALES_BACK_OFFICE = "sales_back_office"
    DEPARTMENT_HEAD = "department_head"
    AUDITOR = "auditor"
    POLICY_ADMINISTRATOR = "policy_administrator"
    ACCOUNT_MANAGER = "account_manager"
    ADMISSION_BOARD = "admission_board"
    BRANCH_LEADER = "branch_leader"
    BUSINESS_UNIT_MANAGER = "business_unit_manager"
    COMPANY_EXECUTIVE = "company_executive"
    CONTRACTING_UNIT = "contracting_unit"
    CUSTOMER_PORTAL = "customer_portal"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    FINANCE_CENTRE = "finance_centre"
    GENERAL_MANAGER = "general_manager"
    JOINT_VENTURE_OFFICE = "joint_venture_office"
    KEY_ACCOUNT_GROUP = "key_account_group"
    MARKET_DEVELOPMENT = "market_development"
    MARKETING_CENTRE = "marketing_centre"
    MARKETING_DIRECTOR = "marketing_director"
    MARKETING_DIVISION = "marketing_division"
    MARKETING_MANAGER = "marketing_manager"
    MARKETING_SPECIALIST = "marketing_specialist"
    PROJECT_MANAGER = "project_manager"
    SHOP_GUIDE = "shop_guide"
    SHOP_MANAGER = "shop_manager"
    STRATEGY_CENTRE = "strategy_centre"


# A pack may give visits to these alone, since no route lets anybody else complete one.
VISITING = (
    Role.ACCOUNT_MANAGER,
    Role.BUSINESS_UNIT_MANAGER,
    Role.COMPANY_EXECUTIVE,
    Role.CONTRACTING_UNIT,
    Role.CUSTOMER_SERVICE_TEAM,
    Role.GENERAL_MANAGER,
    Role.KEY_ACCOUNT_GROUP,
    Role.MARKETING_CENTRE,
    Role.MARKETING_DIRECTOR,
    Role.MARKETING_MANAGER,
    Role.PROJECT_MANAGER,
    Role.SALES_TEAM,
)


class Caller(Protocol):
    """Who asks, as his token names him: an id, and the unit below which he sees."""

    @property
    def id(self) -> str: ...

    @property
    def unit(self) -> str: ...


class Officer(Caller, Protocol):
    """Who asks for what a pack gives to certain roles alone."""

    @property
    def roles(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Post:
    """A role that an active person holds in a unit."""

    person_id: UUID
    unit: str
    role: str


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
