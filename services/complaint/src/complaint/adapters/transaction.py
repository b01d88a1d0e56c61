"""What a use case of this service is given."""

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from functools import cached_property

from complaint.adapters.account_managers import AccountManagers
from complaint.adapters.attachments import Attachments
from complaint.adapters.call_backs import CallBacks
from complaint.adapters.case_analyses import CaseAnalyses
from complaint.adapters.case_contacts import CaseContacts
from complaint.adapters.cases import Cases
from complaint.adapters.complaints import Complaints
from complaint.adapters.corrective_actions import CorrectiveActions
from complaint.adapters.links import Links
from complaint.adapters.mapping import Penalty
from complaint.adapters.patterns import Patterns
from complaint.adapters.priorities import Priorities
from complaint.adapters.shipment_holds import ShipmentHolds
from complaint.adapters.staff import Staff
from complaint.adapters.sub_tasks import SubTasks
from complaint.adapters.trackings import Trackings
from complaint.adapters.trainings import Trainings
from complaint.adapters.weekly_reports import WeeklyReports
from complaint.domain.chain import Chain
from complaint.domain.intake import Complainant
from shared.org_units import calendar_of
from shared.penalty_ledger import Penalties
from shared.policy import Policies, Rulebook
from shared.transaction import Transaction


@dataclass
class ComplaintTransaction(Transaction):
    """A business transaction with this service's repositories and policies."""

    _: KW_ONLY
    rulebook: Rulebook

    @cached_property
    def cases(self) -> Cases:
        """The cases of every kind."""
        return Cases(self.session)

    @cached_property
    def case_contacts(self) -> CaseContacts:
        """Whom to write to about cases."""
        return CaseContacts(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        """The complaints."""
        return Complaints(self.session)

    @cached_property
    def staff(self) -> Staff:
        """The staff."""
        return Staff(self.session)

    @cached_property
    def sub_tasks(self) -> SubTasks:
        """What departments do for cases."""
        return SubTasks(self.session)

    @cached_property
    def corrective_actions(self) -> CorrectiveActions:
        """Actions that end faults, or keep them from happening."""
        return CorrectiveActions(self.session)

    @cached_property
    def links(self) -> Links:
        """How cases stand to each other."""
        return Links(self.session)

    @cached_property
    def shipment_holds(self) -> ShipmentHolds:
        """Goods that are not to be shipped."""
        return ShipmentHolds(self.session)

    @cached_property
    def call_backs(self) -> CallBacks:
        """Calls that were promised to customers."""
        return CallBacks(self.session)

    @cached_property
    def patterns(self) -> Patterns:
        """Cases alike."""
        return Patterns(self.session)

    @cached_property
    def trainings(self) -> Trainings:
        """Training that problems showed the need of."""
        return Trainings(self.session)

    @cached_property
    def case_analyses(self) -> CaseAnalyses:
        """Analyses of cases."""
        return CaseAnalyses(self.session)

    @cached_property
    def priorities(self) -> Priorities:
        """Whom his grades prefer."""
        return Priorities(self.session)

    @cached_property
    def account_managers(self) -> AccountManagers:
        """Who cares for customers."""
        return AccountManagers(self.session)

    @cached_property
    def weekly_reports(self) -> WeeklyReports:
        """The weekly reports."""
        return WeeklyReports(self.session)

    @cached_property
    def penalties(self) -> Penalties[Penalty]:
        """The penalties."""
        return Penalties(self.session, Penalty)

    @cached_property
    def attachments(self) -> Attachments:
        """The files of cases."""
        return Attachments(self.session)

    @cached_property
    def trackings(self) -> Trackings:
        """By what customers find their cases."""
        return Trackings(self.session)

    @cached_property
    def policies(self) -> Policies:
        """What the packs decide."""
        return Policies(self.rulebook, self.session)

    def day_of(self, unit: str, at: datetime) -> date:
        """The local date of ``at`` where the unit is. Raises UnitUnknown, CalendarMissing."""
        return at.astimezone(calendar_of(self.session, unit).timezone).date()

    def chain(self, unit: str, complainant: Complainant | None) -> Chain:
        """The chain of levels that the unit follows today for complaints of that kind; with None
        for cases that are no complaint."""
        today = self.day_of(unit, self.now)
        found = self.policies.rulings("chain", unit=unit, on=today, complainant=complainant)
        return Chain(found)
