"""What is known here of a complaint of a customer: the section "complaint handling" of his file.

The service ``complaint`` owns it and tells of each change (CF-05, CP-64).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where a complaint stands, as complaint names it."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    IN_PROGRESS = "in_progress"
    RESULT_TOLD = "result_told"
    AWAITING_REVIEW = "awaiting_review"
    REVIEWED = "reviewed"
    GM_MEETING = "gm_meeting"
    DECIDED = "decided"
    ARCHIVED = "archived"


OPEN = tuple(state for state in State if state is not State.ARCHIVED)
# What a raise or a bad call-back sends back to the work; earlier states it leaves as they are.
TOLD = (State.RESULT_TOLD, State.AWAITING_REVIEW)


@dataclass(frozen=True, kw_only=True)
class News:
    """What one event tells. None leaves things as they are; ``back_to_work`` reopens a complaint
    whose result was told; ``talked`` says that somebody spoke with the complainant (VS-38)."""

    state: State | None = None
    level: int | None = None
    handler_id: UUID | None = None
    satisfaction: int | None = None
    back_to_work: bool = False
    talked: bool = False


@dataclass(eq=False, kw_only=True)
class KnownComplaint:
    """A complaint that names a customer.

    ``satisfaction`` is the last answer from 0, worst, to 100, best; ``contacts`` counts the
    contacts that the complaint caused; ``sequence`` is that of the last event heard.
    """

    id: UUID
    customer_id: UUID
    org_unit: str
    number: str
    channel: str
    level: int
    handler_id: UUID
    filed_at: datetime
    first_contact_due_at: datetime
    changed_at: datetime
    sequence: int
    state: State = State.RECEIVED
    contacts: int = 1
    satisfaction: int | None = None
    closed_at: datetime | None = None

    def hear(self, news: News, *, sequence: int, at: datetime) -> bool:
        """Take over what an event tells, unless it or a later one was heard before; whether state
        or level differ now."""
        if sequence <= self.sequence:
            return False
        before = (self.state, self.level)
        self.state = self._led_to(news)
        self.level = news.level or self.level
        self.handler_id = news.handler_id or self.handler_id
        self.contacts += news.talked
        if news.satisfaction is not None:
            self.satisfaction = news.satisfaction
        self.closed_at = at if self.state is State.ARCHIVED else None
        self.sequence, self.changed_at = sequence, at
        return before != (self.state, self.level)

    def _led_to(self, news: News) -> State:
        if news.back_to_work and self.state in TOLD:
            return State.IN_PROGRESS
        return news.state or self.state
