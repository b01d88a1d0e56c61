"""The transfers of a case, from what was told of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaint.domain.cases import CaseRef
from complaint.domain.transfers import ASSIGNED, REACHED, TAKEN, Transfer, transfers
from shared.tables import journal


def transfers_of(session: Session, ref: CaseRef) -> list[Transfer]:
    """All of them, the first one first."""
    of = journal.c
    query = (
        select(of.at, of.kind, of.actor, of.data)
        .where(of.subject == ref.subject, of.kind.in_((ASSIGNED, REACHED, TAKEN)))
        .order_by(of.position)
    )
    return transfers((at, kind, by, data) for at, kind, by, data in session.execute(query))
