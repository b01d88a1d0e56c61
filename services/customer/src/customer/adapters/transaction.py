"""What a use case of this service is given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from customer.adapters.admission import Admissions
from customer.adapters.annual_plans import AnnualPlans
from customer.adapters.benefits import Benefits
from customer.adapters.blacklist import Blacklist, BlacklistFilings
from customer.adapters.change_notices import ChangeNotices
from customer.adapters.communications import Communications
from customer.adapters.complaints import Complaints
from customer.adapters.consents import Consents, Disclosures, Secrecy
from customer.adapters.contacts import Contacts
from customer.adapters.contracts import Contracts
from customer.adapters.contributions import Contributions
from customer.adapters.customers import Customers
from customer.adapters.development_plans import DevelopmentPlans
from customer.adapters.documents import Documents
from customer.adapters.duplicates import Duplicates
from customer.adapters.erasures import Erasures
from customer.adapters.exits import Exits
from customer.adapters.file_changes import FileChanges
from customer.adapters.file_values import FileValues
from customer.adapters.files import Files
from customer.adapters.gatherings import Gatherings
from customer.adapters.grades import Grades
from customer.adapters.grading_facts import GradingFacts, Scorecards
from customer.adapters.gradings import Gradings
from customer.adapters.history import ContactHistory
from customer.adapters.imports import Imports
from customer.adapters.inspections import Inspections
from customer.adapters.interested_parties import InterestedParties
from customer.adapters.invitations import Invitations
from customer.adapters.issues import Issues
from customer.adapters.memberships import Memberships
from customer.adapters.needs import Needs
from customer.adapters.opinions import Opinions
from customer.adapters.owners import Owners
from customer.adapters.partner_rankings import PartnerRankings
from customer.adapters.partners import Partners
from customer.adapters.projects import Projects
from customer.adapters.purchases import Purchases
from customer.adapters.snapshots import Snapshots
from customer.adapters.staff import Staff
from customer.adapters.stage_reviews import StageReviews
from customer.adapters.status_cases import StatusCases
from customer.adapters.visit_occasions import FlagRows, Occasions
from customer.adapters.visitors import Visitors
from customer.adapters.visits import Visits
from customer.adapters.work_orders import WorkOrders
from shared.org_units import calendar_of
from shared.policy import Policies, Rulebook
from shared.scope import visible_units
from shared.transaction import Transaction
from shared.working_time import Calendar

T = TypeVar("T")


class Repository(cached_property[T]):
    """A repository on the session of the transaction that it is taken from, made once."""

    def __init__(self, kind: Callable[[Session], T]) -> None:
        super().__init__(lambda tx: kind(tx.session))


@dataclass
class CustomerTransaction(Transaction):
    """A business transaction with this service's repositories and policies."""

    # Each repository is made when it is first asked for; what it holds, its class says.
    customers = Repository(Customers)
    memberships = Repository(Memberships)
    admissions = Repository(Admissions)
    exits = Repository(Exits)
    contracts = Repository(Contracts)
    partners = Repository(Partners)
    inspections = Repository(Inspections)
    partner_rankings = Repository(PartnerRankings)
    benefits = Repository(Benefits)
    file_values = Repository(FileValues)
    files = Repository(Files)
    file_changes = Repository(FileChanges)
    documents = Repository(Documents)
    duplicates = Repository(Duplicates)
    change_notices = Repository(ChangeNotices)
    status_cases = Repository(StatusCases)
    snapshots = Repository(Snapshots)
    owners = Repository(Owners)
    grades = Repository(Grades)
    gradings = Repository(Gradings)
    grading_facts = Repository(GradingFacts)
    scorecards = Repository(Scorecards)
    stage_reviews = Repository(StageReviews)
    purchases = Repository(Purchases)
    contributions = Repository(Contributions)
    contacts = Repository(Contacts)
    consents = Repository(Consents)
    disclosures = Repository(Disclosures)
    secrecy = Repository(Secrecy)
    blacklist = Repository(Blacklist)
    blacklist_filings = Repository(BlacklistFilings)
    communications = Repository(Communications)
    interested_parties = Repository(InterestedParties)
    issues = Repository(Issues)
    gatherings = Repository(Gatherings)
    invitations = Repository(Invitations)
    needs = Repository(Needs)
    development_plans = Repository(DevelopmentPlans)
    opinions = Repository(Opinions)
    projects = Repository(Projects)
    erasures = Repository(Erasures)
    imports = Repository(Imports)
    visit_flags = Repository(FlagRows)
    visit_occasions = Repository(Occasions)
    visits = Repository(Visits)
    annual_plans = Repository(AnnualPlans)
    staff = Repository(Staff)
    history = Repository(ContactHistory)
    complaints = Repository(Complaints)
    work_orders = Repository(WorkOrders)

    _: KW_ONLY
    rulebook: Rulebook

    def __post_init__(self) -> None:
        self._calendars: dict[str, Calendar] = {}
        self._visible: dict[str, frozenset[str]] = {}

    def forget_organisation(self) -> None:
        """Look units and staff up anew: an event of this transaction changed them."""
        self._calendars.clear()
        self._visible.clear()
        for looked_up in ("visitors", "policies", "grades"):
            self.__dict__.pop(looked_up, None)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """The same as everywhere; what was looked up in a part that fails is forgotten with it."""
        try:
            with super().apart():
                yield
        except Exception:
            self.forget_organisation()
            raise

    @cached_property
    def visitors(self) -> Visitors:
        """Who is to visit whom."""
        return Visitors(self.staff, self.visits)

    @cached_property
    def policies(self) -> Policies:
        """What the packs decide."""
        return Policies(self.rulebook, self.session)

    def calendar(self, unit: str) -> Calendar:
        """The calendar of a unit, looked up once. Raises UnitUnknown, CalendarMissing."""
        if unit not in self._calendars:
            self._calendars[unit] = calendar_of(self.session, unit)
        return self._calendars[unit]

    def today(self, unit: str) -> date:
        """The local date of the transaction where the unit is. Raises as ``calendar``."""
        return self.now.astimezone(self.calendar(unit).timezone).date()

    def sees(self, viewer: str, unit: str) -> bool:
        """Whether a person of the unit ``viewer`` may see things of ``unit``; looked up once."""
        if viewer not in self._visible:
            self._visible[viewer] = frozenset(self.session.scalars(visible_units(viewer)))
        return unit in self._visible[viewer]
