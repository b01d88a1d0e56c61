"""What of a customer's history a person may see, who sees the customer."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from customer.domain import benefit_states, exit_states
from customer.domain.events import (
    admission,
    benefits,
    blacklist,
    contracts,
    exits,
    partners,
    stage_reviews,
)
from customer.domain.staff import Caller
from shared.org_units import chain
from shared.scope import within
from shared.tables import journal

BARRING = tuple(
    one.type
    for one in (blacklist.Blacklisted, blacklist.BlacklistExpired, blacklist.BlacklistLifted)
)
RETURNS = ("blacklist_return_opened", "blacklist_return_refused")
REPORTED = blacklist.BlacklistReported.type
# Dealings of one unit, by the field that names it: nobody beside it sees them.
DEALINGS: dict[str, tuple[str, ...]] = {
    "org_unit": (
        REPORTED,
        admission.Admitted.type,
        admission.AdmissionRefused.type,
        admission.AdmissionExpired.type,
        contracts.OpportunityOpened.type,
        contracts.ContractSigned.type,
        partners.PartnerSubmitted.type,
        partners.PartnerDeclined.type,
        exits.ExitProposed.type,
        exits.ExitClosed.type,
        exits.ExitReviewDue.type,
        benefits.BenefitGranted.type,
        benefits.BenefitEnded.type,
    ),
    "unit": (
        "admission_opened",
        "admission_step_taken",
        "admission_assessed",
        "admission_ended",
        "breach_recorded",
        "grading_proposed",
        "grading_approved",
        "grading_rejected",
        "review_reported",
        "review_filed",
        *(f"exit_{state}" for state in exit_states.State),
        *(f"benefit_{state}" for state in benefit_states.State),
        stage_reviews.EvaluationDue.type,
        stage_reviews.EvaluationOverdue.type,
        stage_reviews.DowngradeDue.type,
        stage_reviews.DowngradeOverdue.type,
    ),
}
# What was decided inside about the customer, which he must not know (XC-08).
DECIDED = (*BARRING, *RETURNS, *(kind for kinds in DEALINGS.values() for kind in kinds))


def seen_by(session: Session, caller: Caller, *, open_only: bool) -> list[ColumnElement[bool]]:
    """The conditions on the journal of a customer: dealings of the caller's unit and those below
    it, and of blacklists what bars him as well (S4); ``open_only`` leaves out what customers must
    not know of. Raises UnitUnknown."""
    kind, data = journal.c.kind, journal.c.data
    conditions = [
        or_(kind.not_in(kinds), within(data[name].as_string(), caller.unit))
        for name, kinds in DEALINGS.items()
    ]
    barred = data["unit"].as_string()
    bars = or_(barred.is_(None), barred.in_(chain(session, caller.unit)))
    conditions.append(or_(kind.not_in((*BARRING, *RETURNS)), bars, within(barred, caller.unit)))
    if open_only:
        conditions.append(kind.not_in(DECIDED))
    return conditions
