"""The sections of this service's packs, one module an area: how their values are written, and what
is refused."""

from collections.abc import Mapping

from complaint.api.policies import (
    attachments,
    call_backs,
    case_analyses,
    case_contacts,
    causes,
    chain,
    clocks,
    closed_loop,
    corrective_actions,
    emergencies,
    flows,
    intake,
    oversight,
    patterns,
    penalties,
    phrase_flags,
    public_intake,
    records,
    satisfaction,
    scripts,
    shipment_holds,
    sub_tasks,
    trainings,
    weekly_reports,
)
from shared.policy import Section

SECTIONS: Mapping[str, Section] = {
    **case_contacts.SECTIONS,
    **intake.SECTIONS,
    **causes.SECTIONS,
    **chain.SECTIONS,
    **clocks.SECTIONS,
    **closed_loop.SECTIONS,
    **emergencies.SECTIONS,
    **flows.SECTIONS,
    **oversight.SECTIONS,
    **satisfaction.SECTIONS,
    **scripts.SECTIONS,
    **phrase_flags.SECTIONS,
    **call_backs.SECTIONS,
    **weekly_reports.SECTIONS,
    **sub_tasks.SECTIONS,
    **corrective_actions.SECTIONS,
    **records.SECTIONS,
    **penalties.SECTIONS,
    **shipment_holds.SECTIONS,
    **trainings.SECTIONS,
    **case_analyses.SECTIONS,
    **public_intake.SECTIONS,
    **attachments.SECTIONS,
    **patterns.SECTIONS,
}
