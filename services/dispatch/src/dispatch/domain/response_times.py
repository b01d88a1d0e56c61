"""By when a reply is due where an order names no time: by the category of its work (WO-25)."""

from dataclasses import dataclass
from datetime import datetime

from dispatch.domain.deadlines import TimeUnit, ahead
from shared.rules import Invalid
from shared.working_time import Calendar


@dataclass(frozen=True, kw_only=True)
class ResponseRule:
    """The reply is due ``within`` so many minutes of the rule's own time."""

    unit: TimeUnit
    within: int

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        """By when the reply to work that was ordered at ``start`` is due."""
        return ahead(self.unit, self.within, start, calendar)


class ReplyDueMissing(Invalid):
    """The order names no time for the reply, and its category has none."""

    code = "reply_due_missing"
