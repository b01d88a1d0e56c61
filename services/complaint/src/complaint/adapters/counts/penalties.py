"""The steps that were taken with penalties; persons are left out (RP-15, ST-30)."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past
from complaint.domain.counts import PenaltyStep
from complaint.domain.events.penalties import (
    PenaltyConfirmed,
    PenaltyPosted,
    PenaltyProposed,
    PenaltyWaived,
    PenaltyWithdrawn,
)
from shared.tables import journal

STEPS = {
    PenaltyProposed.type: "proposed",
    PenaltyWithdrawn.type: "withdrawn",
    PenaltyConfirmed.type: "confirmed",
    PenaltyWaived.type: "waived",
    PenaltyPosted.type: "posted",
}


def penalty_steps(session: Session, past: Past) -> list[PenaltyStep]:
    """How often each step was taken with penalties of each code and amount."""
    code, amount = (journal.c.data[name].as_string() for name in ("code", "amount"))
    query = (
        select(code, amount, journal.c.kind, func.count())
        .where(*past.written(*STEPS), journal.c.at >= past.period.from_at)
        .where(journal.c.data["org_unit"].as_string().in_(past.period.units))
        .group_by(code, amount, journal.c.kind)
    )
    return [
        PenaltyStep(said, STEPS[kind], Decimal(due) if due else None, many)
        for said, due, kind, many in session.execute(query)
    ]
