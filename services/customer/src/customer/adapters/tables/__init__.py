"""Every table of this service, one module an area; taken from here all of them are known."""

from customer.adapters.tables.admission import admissions
from customer.adapters.tables.annual_plans import annual_plan_rows, annual_plans
from customer.adapters.tables.benefits import benefits, partner_rankings
from customer.adapters.tables.blacklist import (
    blacklist_entries,
    blacklist_filings,
    blacklist_returns,
)
from customer.adapters.tables.change_notices import change_notices, status_cases
from customer.adapters.tables.communications import communications
from customer.adapters.tables.complaints import customer_complaints, customer_work_orders
from customer.adapters.tables.consents import consents, disclosures, secrecy_acknowledgements
from customer.adapters.tables.contracts import contracts, negotiations
from customer.adapters.tables.contributions import contributions
from customer.adapters.tables.customers import contact_history, contacts, customers, memberships
from customer.adapters.tables.development_plans import (
    development_plan_parts,
    development_plans,
)
from customer.adapters.tables.documents import documents
from customer.adapters.tables.exits import exit_cases
from customer.adapters.tables.files import file_changes, file_values, files
from customer.adapters.tables.gatherings import gatherings
from customer.adapters.tables.grading import grades, purchases
from customer.adapters.tables.gradings import (
    breaches,
    grade_history,
    grade_places,
    grading_facts,
    gradings,
    scorecards,
)
from customer.adapters.tables.imports import imports
from customer.adapters.tables.inspections import inspection_units, inspections
from customer.adapters.tables.interested_parties import interested_parties
from customer.adapters.tables.invitations import invitations
from customer.adapters.tables.issues import issues
from customer.adapters.tables.name_grams import name_grams
from customer.adapters.tables.needs import need_targets, needs
from customer.adapters.tables.opinions import opinion_summaries
from customer.adapters.tables.owners import handovers, staff_links
from customer.adapters.tables.partners import partner_forms
from customer.adapters.tables.projects import projects
from customer.adapters.tables.schema import metadata
from customer.adapters.tables.snapshots import file_snapshots
from customer.adapters.tables.staff import staff, staff_posts
from customer.adapters.tables.stage_reviews import grade_problems, stage_reviews
from customer.adapters.tables.visits import visit_credits, visit_flags, visit_occasions, visits

__all__ = [
    "admissions",
    "annual_plan_rows",
    "annual_plans",
    "benefits",
    "blacklist_entries",
    "blacklist_filings",
    "blacklist_returns",
    "breaches",
    "change_notices",
    "communications",
    "consents",
    "contact_history",
    "contacts",
    "contracts",
    "contributions",
    "customer_complaints",
    "customer_work_orders",
    "customers",
    "development_plan_parts",
    "development_plans",
    "disclosures",
    "documents",
    "exit_cases",
    "file_changes",
    "file_snapshots",
    "file_values",
    "files",
    "gatherings",
    "grade_history",
    "grade_places",
    "grade_problems",
    "grades",
    "grading_facts",
    "gradings",
    "handovers",
    "imports",
    "inspection_units",
    "inspections",
    "interested_parties",
    "invitations",
    "issues",
    "memberships",
    "metadata",
    "name_grams",
    "need_targets",
    "needs",
    "negotiations",
    "opinion_summaries",
    "partner_forms",
    "partner_rankings",
    "projects",
    "purchases",
    "scorecards",
    "secrecy_acknowledgements",
    "staff",
    "staff_links",
    "staff_posts",
    "stage_reviews",
    "status_cases",
    "visit_credits",
    "visit_flags",
    "visit_occasions",
    "visits",
]
