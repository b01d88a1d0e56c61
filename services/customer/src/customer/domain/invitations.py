"""Units that may join a visit or a gathering of another unit, and choose whether (VS-11)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.events.invitations import InvitationAnswered, Invited
from shared.rules import RuleBroken


class InvitedAlready(RuleBroken):
    """The unit is invited to the same thing already."""

    code = "invited_already"


class InvitationClosed(RuleBroken):
    """The unit has answered before, or what it was invited to is over."""

    code = "invitation_closed"


class Meeting(StrEnum):
    """To what a unit is invited: something that brings us and a customer together."""

    VISIT = "visit"
    GATHERING = "gathering"


@dataclass(eq=False, kw_only=True)
class Invitation:
    """``org_unit`` invites ``unit`` to what takes place on the local day ``takes_place_on``.
    ``joins`` is None until the unit has answered."""

    id: UUID
    meeting: Meeting
    meeting_id: UUID
    org_unit: str
    unit: str
    takes_place_on: date
    invited_by: UUID
    invited_at: datetime
    joins: bool | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    version: int = 1

    def sent(self) -> Invited:
        """What is told of a new invitation."""
        return Invited(
            invitation_id=self.id,
            meeting=self.meeting,
            meeting_id=self.meeting_id,
            org_unit=self.org_unit,
            unit=self.unit,
            takes_place_on=self.takes_place_on,
        )

    def answer(self, *, joins: bool, by: UUID, now: datetime, today: date) -> InvitationAnswered:
        """Say whether the unit joins. Raises InvitationClosed."""
        if self.joins is not None or self.takes_place_on < today:
            raise InvitationClosed("It is answered, or the day has passed.")
        self.joins, self.answered_by, self.answered_at = joins, by, now
        return InvitationAnswered(
            invitation_id=self.id,
            meeting=self.meeting,
            meeting_id=self.meeting_id,
            org_unit=self.org_unit,
            unit=self.unit,
            joins=joins,
        )
