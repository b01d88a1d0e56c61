"""HTTP: request and answer schemas, and one blueprint an area."""

from collections.abc import Callable, Sequence

from complaint.api import (
    attachments,
    call_backs,
    case_analyses,
    case_contacts,
    cases,
    closed_loop,
    complaints,
    conformance,
    corrective_actions,
    emergencies,
    feedback,
    handling,
    links,
    oversight,
    patterns,
    penalties,
    phrase_flags,
    problems,
    progress,
    public_intake,
    records,
    registrations,
    review,
    scripts,
    service_requests,
    shipment_holds,
    sub_tasks,
    tracking,
    trainings,
    weekly_reports,
)
from complaint.api.access import POLICY_EDITORS, READERS
from complaint.use_cases import recounts
from shared.policy import Rulebook
from shared.policy.api import policy_blueprint
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit


def blueprints(rulebook: Rulebook) -> Callable[[Kit], Sequence[Blueprint]]:
    """What main.py hands to the HTTP application."""

    def made(_kit: Kit) -> Sequence[Blueprint]:
        policies = policy_blueprint(
            rulebook, readers=READERS, editors=POLICY_EDITORS, changed=recounts.packs_changed
        )
        own = (
            attachments,
            call_backs,
            case_contacts,
            case_analyses,
            cases,
            closed_loop,
            complaints,
            conformance,
            corrective_actions,
            emergencies,
            feedback,
            handling,
            links,
            oversight,
            patterns,
            penalties,
            phrase_flags,
            problems,
            progress,
            public_intake,
            records,
            registrations,
            review,
            service_requests,
            shipment_holds,
            sub_tasks,
            trainings,
            weekly_reports,
        )
        by_packs = scripts.blueprint(rulebook), tracking.blueprint(rulebook), policies
        return *(area.blp for area in own), *by_packs

    return made
