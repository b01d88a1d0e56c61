"""Say how a case stands to another one (K-22)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import links
from complaint.domain.cases import Case, CaseRef
from complaint.domain.links import CaseLink, CaseName, LinkedCaseUnknown, Relation
from complaint.domain.staff import Caller
from shared.ids import new_id
from shared.rules import NotFound


def link(
    tx: ComplaintTransaction, ref: CaseRef, *, by: Caller, relation: Relation, case_id: UUID
) -> CaseLink:
    """``ref`` is in ``relation`` to the case ``case_id``, whatever the states of both. Whoever sees
    both may say so, and both timelines tell it.

    Raises NotFound, LinkedCaseUnknown, LinkToSelf, LinkKnown, LinkCycle.
    """
    links.check_ends(ref.id, case_id)
    source, target = _both(tx, ref, case_id, by=by)
    known = tx.links.known(relation, source.id, target.id)
    ahead = tx.links.ahead(relation, target.id)
    links.check(relation, source.id, known=known, ahead=ahead)
    return join(tx, source, target, relation=relation, by=by.id)


def join(
    tx: ComplaintTransaction, source: Case, target: Case, *, relation: Relation, by: UUID
) -> CaseLink:
    """Keep that ``source`` is in ``relation`` to ``target``, and tell it."""
    made = CaseLink(
        id=new_id(),
        relation=relation,
        source=CaseName.of(source),
        target=CaseName.of(target),
        linked_by=by,
        linked_at=tx.now,
    )
    tx.links.add(made)
    tx.tell([links.told(source, made)])
    tx.note(target.ref.subject, "case_linked_from", relation=relation, other=source.ref.subject)
    return made


def _both(
    tx: ComplaintTransaction, ref: CaseRef, other_id: UUID, *, by: Caller
) -> tuple[Case, Case]:
    """Both cases, taken in the same order whoever is the source; one that cannot be seen is missed
    first."""
    tx.cases.shown(ref, unit=by.unit)
    if other_id < ref.id:
        target = _target(tx, other_id, by=by)
        return tx.cases.taken(ref, unit=by.unit), target
    return tx.cases.taken(ref, unit=by.unit), _target(tx, other_id, by=by)


def _target(tx: ComplaintTransaction, case_id: UUID, *, by: Caller) -> Case:
    try:
        return tx.cases.take(Case, case_id, unit=by.unit)
    except NotFound:
        raise LinkedCaseUnknown("The other case is not known here.") from None
