"""HTTP: request and answer schemas, and one blueprint an area."""

from collections.abc import Callable, Sequence

from customer.api import (
    admission,
    annual_plans,
    benefits,
    blacklist,
    blacklist_decisions,
    blacklist_filings,
    changes,
    communications,
    complaints,
    consents,
    contacts,
    contracts,
    customers,
    development_plans,
    documents,
    erasures,
    exits,
    exports,
    file_index,
    files,
    gatherings,
    grades,
    grading_facts,
    gradings,
    imports,
    inspections,
    invitations,
    issues,
    needs,
    opinions,
    overview,
    owners,
    partner_rankings,
    partners,
    portal,
    projects,
    searches,
    secrecy,
    snapshots,
    stage_reviews,
    standards,
    visit_occasions,
    visits,
)
from customer.api.access import POLICY_EDITORS, POLICY_READERS
from shared.policy import Rulebook
from shared.policy.api import policy_blueprint
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit


def blueprints(rulebook: Rulebook) -> Callable[[Kit], Sequence[Blueprint]]:
    """What main.py hands to the HTTP application."""

    def made(_kit: Kit) -> Sequence[Blueprint]:
        return (
            blacklist.blueprint(),
            blacklist_decisions.blueprint(),
            blacklist_filings.blueprint(),
            imports.blueprint(),
            erasures.blueprint(),
            exports.blueprint(),
            searches.blueprint(),
            consents.blueprint(),
            secrecy.blueprint(),
            admission.blueprint(rulebook),
            exits.blueprint(),
            standards.blueprint(rulebook),
            contracts.blueprint(),
            partners.blueprint(rulebook),
            inspections.blueprint(),
            partner_rankings.blueprint(),
            benefits.blueprint(),
            customers.blueprint(),
            contacts.blueprint(),
            grades.blueprint(),
            communications.blueprint(),
            issues.blueprint(),
            invitations.blueprint(),
            gatherings.blueprint(rulebook),
            needs.blueprint(),
            development_plans.blueprint(),
            opinions.blueprint(),
            projects.blueprint(),
            documents.blueprint(),
            files.blueprint(rulebook),
            complaints.blueprint(),
            overview.blueprint(),
            gradings.blueprint(),
            grading_facts.blueprint(),
            stage_reviews.blueprint(rulebook),
            file_index.blueprint(),
            snapshots.blueprint(),
            changes.blueprint(),
            owners.blueprint(rulebook),
            portal.blueprint(),
            visits.blueprint(),
            annual_plans.blueprint(),
            visit_occasions.blueprint(),
            policy_blueprint(rulebook, readers=POLICY_READERS, editors=POLICY_EDITORS),
        )

    return made
