"""A major change of a customer that is known and that his file has to follow in time (CF-07)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from customer.domain import transitions
from customer.domain.events import change_notices as events
from shared.rules import Because, Invalid


class NoticeState(StrEnum):
    """Where the update of a file stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


class NoticeCommand(StrEnum):
    """What can happen to it."""

    REPORT_OVERDUE = "report_overdue"
    SETTLE = "settle"


TRANSITIONS: dict[NoticeState, dict[NoticeCommand, NoticeState]] = {
    NoticeState.OPEN: {
        NoticeCommand.REPORT_OVERDUE: NoticeState.OVERDUE,
        NoticeCommand.SETTLE: NoticeState.DONE,
    },
    NoticeState.OVERDUE: {NoticeCommand.SETTLE: NoticeState.DONE},
    NoticeState.DONE: {},
}
PENDING = (NoticeState.OPEN, NoticeState.OVERDUE)


class FieldNotMajor(Invalid):
    """No pack of the unit calls the change of that field a major one."""

    code = "field_not_major"


@dataclass(frozen=True)
class MajorChangeRule:
    """In how many working days a file follows a major change (CF-07), and who is told of it at
    once (CF-39): the holders of a role who are nearest to the customer's unit."""

    working_days: int
    tell_role: str | None = None


@dataclass(eq=False, kw_only=True)
class ChangeNotice:
    """``known_at`` is when somebody of ours learnt of the change; ``waiting`` are those of
    ``fields`` that the file does not follow yet."""

    id: UUID
    customer_id: UUID
    org_unit: str
    fields: list[str]
    waiting: list[str]
    known_at: datetime
    due_at: datetime
    because: Because
    reported_by: str
    reported_at: datetime
    state: NoticeState = NoticeState.OPEN
    done_at: datetime | None = None
    version: int = 1

    def noticed(self, recipients: Collection[UUID]) -> events.MajorChangeNoticed:
        """What is told at once (CF-39)."""
        return events.MajorChangeNoticed(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            notice_id=self.id,
            fields=tuple(self.fields),
            due_at=self.due_at,
            recipient_ids=tuple(recipients),
            because=self.because,
        )

    def report_overdue(self, *, owner_id: UUID | None) -> events.ProfileUpdateOverdue:
        """Tell that the file did not follow in time (CF-07). Raises WrongState."""
        self.state = after(self.state, NoticeCommand.REPORT_OVERDUE)
        return events.ProfileUpdateOverdue(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            notice_id=self.id,
            fields=tuple(self.waiting),
            owner_id=owner_id,
            because=self.because,
        )

    def settle(self, changed: Collection[str], *, now: datetime) -> bool:
        """Follow what was changed; whether nothing is waited for any more. Raises WrongState."""
        state = after(self.state, NoticeCommand.SETTLE)
        self.waiting = [field for field in self.waiting if field not in changed]
        if self.waiting:
            return False
        self.state, self.done_at = state, now
        return True


def after(state: NoticeState, command: NoticeCommand) -> NoticeState:
    """Where ``command`` leads from ``state``. Raises WrongState, which names what is possible."""
    return transitions.after(TRANSITIONS, state, command)
