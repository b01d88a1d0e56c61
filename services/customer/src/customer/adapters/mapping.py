"""How the domain's objects lie in their tables. The domain knows nothing of it."""

from sqlalchemy.orm import registry, relationship

from customer.adapters import tables
from customer.domain.admission import Admission
from customer.domain.annual_plans import AnnualPlan, PlanRow
from customer.domain.benefits import Benefit
from customer.domain.blacklist import BlacklistEntry
from customer.domain.blacklist_filings import BlacklistFiling
from customer.domain.blacklist_returns import BlacklistReturn
from customer.domain.change_notices import ChangeNotice
from customer.domain.communications import Communication
from customer.domain.complaints import KnownComplaint
from customer.domain.consents import Consent, Disclosure
from customer.domain.contacts import Contact
from customer.domain.contracts import Contract, Negotiation
from customer.domain.customers import Customer
from customer.domain.development_plans import DevelopmentPlan, PlanPart
from customer.domain.documents import Document
from customer.domain.exits import ExitCase
from customer.domain.files import CustomerFile
from customer.domain.gatherings import Gathering
from customer.domain.grades import Grade
from customer.domain.gradings import Grading
from customer.domain.imports import Import
from customer.domain.inspections import Inspection, InvitedUnit
from customer.domain.interested_parties import InterestedParty
from customer.domain.invitations import Invitation
from customer.domain.issues import Issue
from customer.domain.memberships import Membership
from customer.domain.needs import Need, NeedTarget
from customer.domain.opinions import OpinionSummary
from customer.domain.owners import Handover, StaffLink
from customer.domain.partners import PartnerForm
from customer.domain.projects import Project
from customer.domain.scorecards import Scorecard
from customer.domain.secrecy import SecrecyAcknowledgement
from customer.domain.snapshots import Snapshot
from customer.domain.stage_reviews import GradeProblem, StageReview
from customer.domain.status_cases import StatusCase
from customer.domain.visit_flags import VisitFlags
from customer.domain.visit_occasions import Occasion
from customer.domain.visits import Visit
from customer.domain.work_orders import KnownWorkOrder
from shared.encrypted_columns import encrypt_columns

# Taken from here the classes are known to be mapped.
__all__ = [
    "Admission",
    "AnnualPlan",
    "Benefit",
    "BlacklistEntry",
    "BlacklistFiling",
    "BlacklistReturn",
    "ChangeNotice",
    "Communication",
    "Consent",
    "Contact",
    "Contract",
    "Customer",
    "CustomerFile",
    "DevelopmentPlan",
    "Disclosure",
    "Document",
    "ExitCase",
    "Gathering",
    "Grade",
    "GradeProblem",
    "Grading",
    "Handover",
    "Import",
    "Inspection",
    "InterestedParty",
    "Invitation",
    "InvitedUnit",
    "Issue",
    "KnownComplaint",
    "KnownWorkOrder",
    "Membership",
    "Need",
    "NeedTarget",
    "Negotiation",
    "Occasion",
    "OpinionSummary",
    "PartnerForm",
    "PlanPart",
    "PlanRow",
    "Project",
    "Scorecard",
    "SecrecyAcknowledgement",
    "Snapshot",
    "StaffLink",
    "StageReview",
    "StatusCase",
    "Visit",
    "VisitFlags",
]


mapper = registry(metadata=tables.metadata)

mapper.map_imperatively(
    Customer,
    tables.customers,
    version_id_col=tables.customers.c.version,
    # For showing him alone: what decides asks the repository of grades.
    properties={
        "grades": relationship(
            Grade,
            viewonly=True,
            order_by=[tables.grades.c.scheme, tables.grades.c.unit, tables.grades.c.product],
        )
    },
)
mapper.map_imperatively(KnownComplaint, tables.customer_complaints)
mapper.map_imperatively(KnownWorkOrder, tables.customer_work_orders)
mapper.map_imperatively(Import, tables.imports, version_id_col=tables.imports.c.version)
mapper.map_imperatively(SecrecyAcknowledgement, tables.secrecy_acknowledgements)
mapper.map_imperatively(
    Disclosure,
    tables.disclosures,
    properties={
        "_customer": relationship(Customer, lazy="raise"),
        "_consent": relationship(Consent, lazy="raise"),
    },
)
mapper.map_imperatively(
    Negotiation,
    tables.negotiations,
    properties={"_customer": relationship(Customer, lazy="raise")},
)
for _kind, _table in (
    (Contract, tables.contracts),
    (PartnerForm, tables.partner_forms),
    (Benefit, tables.benefits),
    (BlacklistEntry, tables.blacklist_entries),
    (Admission, tables.admissions),
    (Consent, tables.consents),
    (Contact, tables.contacts),
    (Grade, tables.grades),
    (Document, tables.documents),
    (Grading, tables.gradings),
    (GradeProblem, tables.grade_problems),
    (StageReview, tables.stage_reviews),
    (Membership, tables.memberships),
    (Communication, tables.communications),
    (InterestedParty, tables.interested_parties),
    (Issue, tables.issues),
    (ChangeNotice, tables.change_notices),
    (StaffLink, tables.staff_links),
    (StatusCase, tables.status_cases),
    (Project, tables.projects),
    (ExitCase, tables.exit_cases),
    (Visit, tables.visits),
    (VisitFlags, tables.visit_flags),
    (Occasion, tables.visit_occasions),
):
    mapper.map_imperatively(
        _kind,
        _table,
        version_id_col=_table.c.version,
        # Never read: it tells that a customer is inserted before what refers to him.
        properties={"_customer": relationship(Customer, lazy="raise")},
    )

encrypt_columns(Contact, tables.contacts)

# Counts its versions itself: what stands in the rows of its fields is a change of the file, too.
mapper.map_imperatively(
    CustomerFile,
    tables.files,
    properties={"_customer": relationship(Customer, lazy="raise")},
)

mapper.map_imperatively(
    BlacklistReturn,
    tables.blacklist_returns,
    version_id_col=tables.blacklist_returns.c.version,
    properties={"_entry": relationship(BlacklistEntry, lazy="raise")},
)
mapper.map_imperatively(
    BlacklistFiling,
    tables.blacklist_filings,
    version_id_col=tables.blacklist_filings.c.version,
)
mapper.map_imperatively(Scorecard, tables.scorecards)
# Rows that are only added have no version.
for _added, _rows in ((Handover, tables.handovers), (Snapshot, tables.file_snapshots)):
    mapper.map_imperatively(
        _added, _rows, properties={"_customer": relationship(Customer, lazy="raise")}
    )
mapper.map_imperatively(Invitation, tables.invitations, version_id_col=tables.invitations.c.version)
mapper.map_imperatively(Gathering, tables.gatherings, version_id_col=tables.gatherings.c.version)
mapper.map_imperatively(
    OpinionSummary,
    tables.opinion_summaries,
    version_id_col=tables.opinion_summaries.c.version,
)
mapper.map_imperatively(
    PlanPart,
    tables.development_plan_parts,
    version_id_col=tables.development_plan_parts.c.version,
)
mapper.map_imperatively(
    DevelopmentPlan,
    tables.development_plans,
    version_id_col=tables.development_plans.c.version,
    properties={
        "_customer": relationship(Customer, lazy="raise"),
        "parts": relationship(
            PlanPart, order_by=tables.development_plan_parts.c.unit, lazy="selectin"
        ),
    },
)
mapper.map_imperatively(
    AnnualPlan, tables.annual_plans, version_id_col=tables.annual_plans.c.version
)
mapper.map_imperatively(
    PlanRow,
    tables.annual_plan_rows,
    version_id_col=tables.annual_plan_rows.c.version,
    properties={
        "_plan": relationship(AnnualPlan, lazy="raise"),
        "_customer": relationship(Customer, lazy="raise"),
    },
)
mapper.map_imperatively(
    NeedTarget, tables.need_targets, version_id_col=tables.need_targets.c.version
)
mapper.map_imperatively(
    Need,
    tables.needs,
    version_id_col=tables.needs.c.version,
    properties={
        "_customer": relationship(Customer, lazy="raise"),
        "targets": relationship(NeedTarget, order_by=tables.need_targets.c.unit, lazy="selectin"),
    },
)
mapper.map_imperatively(
    InvitedUnit,
    tables.inspection_units,
    version_id_col=tables.inspection_units.c.version,
)
mapper.map_imperatively(
    Inspection,
    tables.inspections,
    version_id_col=tables.inspections.c.version,
    properties={
        "_customer": relationship(Customer, lazy="raise"),
        "invited": relationship(
            InvitedUnit, order_by=tables.inspection_units.c.unit, lazy="selectin"
        ),
    },
)
