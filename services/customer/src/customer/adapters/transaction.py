"""What a use case of this service is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import cached_property

from customer.adapters.admission import Admissions
from customer.adapters.blacklist import Blacklist, BlacklistFilings
from customer.adapters.change_notices import ChangeNotices
from customer.adapters.communications import Communications
from customer.adapters.complaints import Complaints
from customer.adapters.consents import Consents, Disclosures, Secrecy
from customer.adapters.contacts import Contacts
from customer.adapters.contracts import Contracts
from customer.adapters.customers import Customers
from customer.adapters.documents import Documents
from customer.adapters.erasures import Erasures
from customer.adapters.file_changes import FileChanges
from customer.adapters.file_values import FileValues
from customer.adapters.files import Files
from customer.adapters.gatherings import Gatherings
from customer.adapters.grades import Grades
from customer.adapters.grading_facts import GradingFacts, Scorecards
from customer.adapters.gradings import Gradings
from customer.adapters.history import ContactHistory
from customer.adapters.imports import Imports
from customer.adapters.issues import Issues
from customer.adapters.memberships import Memberships
from customer.adapters.needs import Needs
from customer.adapters.owners import Owners
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


@dataclass
class CustomerTransaction(Transaction):
    """A business transaction with this service's repositories and policies."""

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
    def customers(self) -> Customers:
        """The customers."""
        return Customers(self.session)

    @cached_property
    def memberships(self) -> Memberships:
        """Who stands in whose customer base."""
        return Memberships(self.session)

    @cached_property
    def admissions(self) -> Admissions:
        """How customers came to be admitted."""
        return Admissions(self.session)

    @cached_property
    def contracts(self) -> Contracts:
        """What is negotiated with customers, and their contracts."""
        return Contracts(self.session)

    @cached_property
    def partners(self) -> Partners:
        """The admission forms of partners."""
        return Partners(self.session)

    @cached_property
    def file_values(self) -> FileValues:
        """What the files hold beyond master data."""
        return FileValues(self.session)

    @cached_property
    def files(self) -> Files:
        """How far the files are."""
        return Files(self.session)

    @cached_property
    def file_changes(self) -> FileChanges:
        """Who changed what in the files."""
        return FileChanges(self.session)

    @cached_property
    def documents(self) -> Documents:
        """The documents that customers handed in."""
        return Documents(self.session)

    @cached_property
    def change_notices(self) -> ChangeNotices:
        """The major changes that files have to follow."""
        return ChangeNotices(self.session)

    @cached_property
    def status_cases(self) -> StatusCases:
        """What customers reported of their registration."""
        return StatusCases(self.session)

    @cached_property
    def snapshots(self) -> Snapshots:
        """Frozen copies of files."""
        return Snapshots(self.session)

    @cached_property
    def owners(self) -> Owners:
        """Who of ours knows a customer."""
        return Owners(self.session)

    @cached_property
    def grades(self) -> Grades:
        """The grades that hold now."""
        return Grades(self.session)

    @cached_property
    def gradings(self) -> Gradings:
        """How grades come about."""
        return Gradings(self.session)

    @cached_property
    def grading_facts(self) -> GradingFacts:
        """What grades are decided by."""
        return GradingFacts(self.session)

    @cached_property
    def scorecards(self) -> Scorecards:
        """The scorecards of departments."""
        return Scorecards(self.session)

    @cached_property
    def stage_reviews(self) -> StageReviews:
        """The reviews of graded customers."""
        return StageReviews(self.session)

    @cached_property
    def purchases(self) -> Purchases:
        """What customers bought."""
        return Purchases(self.session)

    @cached_property
    def contacts(self) -> Contacts:
        """The contacts of customers."""
        return Contacts(self.session)

    @cached_property
    def consents(self) -> Consents:
        """What customers allowed to be told to others."""
        return Consents(self.session)

    @cached_property
    def disclosures(self) -> Disclosures:
        """What was told to others."""
        return Disclosures(self.session)

    @cached_property
    def secrecy(self) -> Secrecy:
        """Who signed the duty of secrecy."""
        return Secrecy(self.session)

    @cached_property
    def blacklist(self) -> Blacklist:
        """Who is barred from dealing with whom."""
        return Blacklist(self.session)

    @cached_property
    def blacklist_filings(self) -> BlacklistFilings:
        """The blacklists that were handed in."""
        return BlacklistFilings(self.session)

    @cached_property
    def communications(self) -> Communications:
        """What was said with customers."""
        return Communications(self.session)

    @cached_property
    def issues(self) -> Issues:
        """What customers raised."""
        return Issues(self.session)

    @cached_property
    def gatherings(self) -> Gatherings:
        """Forums, promotion meetings and the like."""
        return Gatherings(self.session)

    @cached_property
    def needs(self) -> Needs:
        """What customers need."""
        return Needs(self.session)

    @cached_property
    def projects(self) -> Projects:
        """The projects of customers that are known of."""
        return Projects(self.session)

    @cached_property
    def erasures(self) -> Erasures:
        """What removes persons from where they are kept beside their files."""
        return Erasures(self.session)

    @cached_property
    def imports(self) -> Imports:
        """The imports."""
        return Imports(self.session)

    @cached_property
    def visit_flags(self) -> FlagRows:
        """What units say of customers."""
        return FlagRows(self.session)

    @cached_property
    def visit_occasions(self) -> Occasions:
        """What asks for visits of its own."""
        return Occasions(self.session)

    @cached_property
    def visits(self) -> Visits:
        """The visits."""
        return Visits(self.session)

    @cached_property
    def staff(self) -> Staff:
        """The staff."""
        return Staff(self.session)

    @cached_property
    def visitors(self) -> Visitors:
        """Who is to visit whom."""
        return Visitors(self.staff, self.visits)

    @cached_property
    def history(self) -> ContactHistory:
        """What was sent to contacts."""
        return ContactHistory(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        """The complaints of customers, as complaint tells of them."""
        return Complaints(self.session)

    @cached_property
    def work_orders(self) -> WorkOrders:
        """The work orders for customers, as dispatch tells of them."""
        return WorkOrders(self.session)

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
