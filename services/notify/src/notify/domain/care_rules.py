"""What packs say about how an occasion is kept: a greeting, or a task for the staff."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from notify.domain.messages import Purpose, Urgency

MESSAGE = "message"  # What a greeting is called where a task has its action.
OWNER = "owner"  # Who looks after the customer, where a pack names who does something.
# The roles that packs may give tasks to, and the say over them: no route lets in anybody else.
DOERS = (
    "account_manager",
    "customer_service_team",
    "key_account_group",
    "marketing_specialist",
    "sales_back_office",
    "sales_team",
    "shop_guide",
    "shop_manager",
)
APPROVERS = (
    "branch_leader",
    "business_unit_manager",
    "department_head",
    "general_manager",
    "marketing_director",
    "sales_centre_director",
)
# The facts by which a pack tells the contacts of one customer from those of another.
AUDIENCE = frozenset({"kind", "size", "tenure", "value", "industry", "grade", "key_account"})


class Action(StrEnum):
    """What the staff does for an occasion."""

    GIFT = "gift"
    CALL = "call"


@dataclass(frozen=True, kw_only=True)
class Timing:
    """``at`` is local time of the contact; ``grace_hours`` later it is not done any more."""

    at: time
    grace_hours: int

    def starts(self, on: date, *, zone: str, ahead: int = 0) -> datetime:
        """The instant at which an occasion that is kept ``on`` begins, ``ahead`` days before."""
        return datetime.combine(on - timedelta(days=ahead), self.at, ZoneInfo(zone))

    def ends(self, on: date, *, zone: str) -> datetime:
        """Until when it is worth doing."""
        return self.starts(on, zone=zone) + timedelta(hours=self.grace_hours)


@dataclass(frozen=True, kw_only=True)
class GreetingRule(Timing):
    """When and how an occasion is greeted (CM-01). What is a promotion goes to those alone who
    asked for it (CM-18)."""

    template: str
    urgency: Urgency
    channels: tuple[str, ...]
    purpose: Purpose = Purpose.CARE


@dataclass(frozen=True, kw_only=True)
class CareTaskRule(Timing):
    """What the staff does for an occasion (CM-07), from ``lead_days`` before it on.

    ``responsible`` names roles, or ``owner``, the first one first; who is found nearest does it.
    ``approvers`` are the roles of which one has to allow it; without any it is allowed at once. A
    gift costs ``amount`` yuan at most.
    """

    action: Action
    lead_days: int
    responsible: tuple[str, ...]
    approvers: tuple[str, ...] = ()
    amount: Decimal | None = None
