"""A change or the end of a customer's registration as he reports it himself (CF-34)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.events import status_cases as events
from shared.rules import WrongState


class CaseKind(StrEnum):
    """What happens to the registration of the customer's business."""

    REGISTRATION_CHANGE = "registration_change"
    CANCELLATION = "cancellation"


class CaseState(StrEnum):
    """Where the case stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class CaseCommand(StrEnum):
    """What can be done with it."""

    ACCEPT = "accept"
    REJECT = "reject"


TRANSITIONS: dict[CaseState, dict[CaseCommand, CaseState]] = {
    CaseState.REPORTED: {
        CaseCommand.ACCEPT: CaseState.ACCEPTED,
        CaseCommand.REJECT: CaseState.REJECTED,
    },
    CaseState.ACCEPTED: {},
    CaseState.REJECTED: {},
}


@dataclass(frozen=True)
class StatusChange:
    """Which documents are verified anew once a customer has reported ``case`` (CF-34)."""

    case: CaseKind
    documents: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class StatusCase:
    """``words`` are the customer's own; ``contact_id`` is who reported it on the portal."""

    id: UUID
    customer_id: UUID
    org_unit: str
    kind: CaseKind
    words: str
    reported_by: str
    reported_at: datetime
    contact_id: UUID | None = None
    state: CaseState = CaseState.REPORTED
    decided_by: str | None = None
    decided_at: datetime | None = None
    version: int = 1

    def reported(self) -> events.StatusChangeReported:
        """What is told when the case opens."""
        return events.StatusChangeReported(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            case_id=self.id,
            kind=self.kind.value,
        )

    def decide(self, command: CaseCommand, *, by: str, now: datetime) -> events.StatusChangeDecided:
        """Accept or reject what was reported. Raises WrongState."""
        possible = TRANSITIONS[self.state]
        if command not in possible:
            raise WrongState(
                f"A case that is {self.state} does not take {command}.",
                state=self.state.value,
                allowed=[one.value for one in possible],
            )
        self.state = possible[command]
        self.decided_by, self.decided_at = by, now
        return events.StatusChangeDecided(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            case_id=self.id,
            kind=self.kind.value,
            accepted=self.state is CaseState.ACCEPTED,
        )
