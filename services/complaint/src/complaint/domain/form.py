"""The complaint handling form F-01. A complaint has one, and a new linked one when it goes up
(CP-30) or is reopened after the result was told."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from complaint.domain.action_plans import ActionPlan
from complaint.domain.chain import Team
from complaint.domain.intake import Details
from complaint.domain.review import Decision, Review
from complaint.domain.satisfaction import Answer


@dataclass(frozen=True)
class Told:
    """The result as it was told to the complainant, by whom and when."""

    result: str
    by: UUID
    at: datetime


@dataclass(eq=False, kw_only=True)
class ComplaintForm:
    """One form. ``position`` counts the forms of a complaint from 1, also in ``form_no``."""

    id: UUID
    position: int
    form_no: str
    previous_form_id: UUID | None
    opened_at: datetime
    level: int
    tier: int
    handler_id: UUID
    details: Details = field(default_factory=Details)
    raise_reason: str | None = None
    plan: ActionPlan | None = None
    contacted_by: UUID | None = None
    told: Told | None = None
    answer: Answer | None = None
    review: Review | None = None
    decision: Decision | None = None
    archived_by: UUID | None = None
    archived_at: datetime | None = None

    def hand_over(self, team: Team) -> None:
        """Give the form to the persons of another level (CP-19, CP-20)."""
        self.level, self.tier, self.handler_id = team.level, team.tier, team.handler_id

    def succeeded(self, *, id: UUID, number: str, now: datetime) -> "ComplaintForm":
        """The form that follows this one: the matter is taken over, the outcome starts anew."""
        position = self.position + 1
        return ComplaintForm(
            id=id,
            position=position,
            form_no=f"{number}/{position}",
            previous_form_id=self.id,
            opened_at=now,
            level=self.level,
            tier=self.tier,
            handler_id=self.handler_id,
            details=self.details,
        )

    @property
    def hands(self) -> frozenset[UUID]:
        """Who had a hand in the handling, and so cannot review it (CP-21)."""
        asked = self.answer.asked_by if self.answer else None
        told = self.told.by if self.told else None
        planned = (self.plan.by, self.plan.owner_id) if self.plan else ()
        hands = (self.handler_id, self.contacted_by, told, asked, *planned)
        return frozenset(person for person in hands if person)

    @property
    def involved(self) -> frozenset[UUID]:
        """Who had a hand in it, who reviewed it, and who filed it away."""
        reviewed = {self.review.by} if self.review else set()
        return self.hands | reviewed | ({self.archived_by} if self.archived_by else set())
