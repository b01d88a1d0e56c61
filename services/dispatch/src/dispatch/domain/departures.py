"""Somebody leaves: when, why, and who takes over what he or she holds (E-38, XC-17)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.events import PersonDeparted
from dispatch.domain.people import Person
from shared.rules import Invalid, RuleBroken


class Reason(StrEnum):
    """Why somebody leaves; ``UNSAID`` where the directory was only told that he or she left."""

    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    CONTRACT_ENDED = "contract_ended"
    RETIRED = "retired"
    DECEASED = "deceased"
    OTHER = "other"
    UNSAID = "unsaid"


class DepartureState(StrEnum):
    ANNOUNCED = "announced"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class HasLeft(RuleBroken):
    """Who has left cannot leave once more."""

    code = "person_has_left"


class SuccessorUnfit(Invalid):
    """Who takes over is another person of the directory who is there."""

    code = "successor_unfit"


class DepartureOver(RuleBroken):
    """The person has left, or stays already: there is nothing left to withdraw."""

    code = "departure_over"


@dataclass(eq=False, kw_only=True)
class Departure:
    """``note`` is the hand-over note: what the next one has to know (XC-17). Times are UTC."""

    id: UUID
    person_id: UUID
    leaves_at: datetime
    reason: Reason
    successor_id: UUID | None
    note: str | None
    announced_at: datetime
    announced_by: str
    state: DepartureState = DepartureState.ANNOUNCED
    version: int = 1

    def withdraw(self) -> None:
        """The person stays, or leaves in another way. Raises DepartureOver."""
        if self.state is not DepartureState.ANNOUNCED:
            raise DepartureOver("the departure is not ahead any more", state=self.state.value)
        self.state = DepartureState.WITHDRAWN

    def take_place(self, person: Person, *, now: datetime) -> PersonDeparted:
        """The person is gone; told before it is told that he or she is not active any more."""
        self.state, self.leaves_at = DepartureState.DONE, now
        return PersonDeparted(
            person_id=self.person_id,
            org_unit=person.posts[0].unit,
            successor_id=self.successor_id,
            departed_at=now,
        )


def check_successor(successor: Person | None, *, person_id: UUID) -> None:
    """Raises SuccessorUnfit."""
    if successor is None or not successor.active or successor.id == person_id:
        raise SuccessorUnfit(
            "nobody can take over who is not there",
            errors={"successor_id": ["is nobody else who is there"]},
        )
