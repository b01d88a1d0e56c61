"""What is told of invitations."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfInvitation:
    """In the order of one invitation."""

    type: ClassVar[str]
    subject: ClassVar[str] = "invitation/{invitation_id}"

    invitation_id: UUID
    meeting: str
    meeting_id: UUID
    org_unit: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Invited(OfInvitation):
    """A unit may join a visit or a gathering of another (VS-11)."""

    type: ClassVar[str] = "customer.invited.v1"

    takes_place_on: date


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(OfInvitation):
    """A unit said whether it joins (VS-11)."""

    type: ClassVar[str] = "customer.invitation_answered.v1"

    joins: bool
