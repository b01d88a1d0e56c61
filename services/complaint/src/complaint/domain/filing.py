"""A complaint is taken in: its first form is opened and goes to the persons of its level."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from complaint.domain.chain import Team
from complaint.domain.clocks import Clock
from complaint.domain.complaint import Complaint
from complaint.domain.events import ComplaintAssigned, ComplaintFiled, Events
from complaint.domain.form import ComplaintForm
from complaint.domain.intake import Details, Intake
from complaint.domain.levels import Suggestion


@dataclass(frozen=True, kw_only=True)
class Filing:
    """All that a new complaint consists of; the ids and the number are fresh ones."""

    id: UUID
    form_id: UUID
    number: str
    intake: Intake
    details: Details
    suggestion: Suggestion
    team: Team
    filed_by: UUID | None
    filed_at: datetime

    def complaint(self) -> Complaint:
        """The complaint, received and not yet contacted."""
        return Complaint(
            id=self.id,
            number=self.number,
            intake=self.intake,
            suggestion=self.suggestion,
            level=self.team.level,
            handler_id=self.team.handler_id,
            assigned_ids=frozenset(self.team.person_ids),
            filed_by=self.filed_by,
            filed_at=self.filed_at,
            forms=[self._form()],
        )

    def events(self, first_contact: Clock) -> Events:
        """That it was filed, by when contact is due (CP-17), and to whom it went (CP-18..CP-20)."""
        return [self._filed(first_contact), self._assigned()]

    def _form(self) -> ComplaintForm:
        return ComplaintForm(
            id=self.form_id,
            position=1,
            form_no=f"{self.number}/1",
            previous_form_id=None,
            opened_at=self.filed_at,
            level=self.team.level,
            tier=self.team.tier,
            handler_id=self.team.handler_id,
            details=self.details,
        )

    def _filed(self, first_contact: Clock) -> ComplaintFiled:
        return ComplaintFiled(
            complaint_id=self.id,
            org_unit=self.intake.org_unit,
            customer_id=self.intake.customer_id,
            number=self.number,
            complainant=self.intake.complainant,
            channel=self.intake.channel,
            level=self.team.level,
            handler_id=self.team.handler_id,
            form_id=self.form_id,
            first_contact_due_at=first_contact.deadline.due_at,
            provisional=first_contact.deadline.provisional,
            because=first_contact.deadline.because,
        )

    def _assigned(self) -> ComplaintAssigned:
        return ComplaintAssigned(
            complaint_id=self.id,
            org_unit=self.intake.org_unit,
            form_id=self.form_id,
            level=self.team.level,
            tier=self.team.tier,
            person_ids=self.team.person_ids,
            reason="filed",
            because=self.team.because,
        )
