"""Add files to a case of any kind (CP-54)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.attachments import Attachment, AttachmentRule, attachment
from complaint.domain.cases import Case, CaseRef
from complaint.domain.closing import check_open
from complaint.domain.staff import Caller
from shared.ids import new_id
from shared.rules import Ruling


def attach(tx: ComplaintTransaction, ref: CaseRef, *, by: Caller, content: bytes) -> Attachment:
    """Somebody who sees the case adds a file to it.

    Raises NotFound, CaseClosed, PolicyMissing, and what the domain refuses.
    """
    return keep(tx, tx.cases.taken(ref, unit=by.unit), by=by.id, content=content)


def keep(tx: ComplaintTransaction, case: Case, *, by: UUID | None, content: bytes) -> Attachment:
    """Add a file to a case that was taken; nobody in ``by`` is the customer himself.

    Raises CaseClosed, PolicyMissing, and what the domain refuses.
    """
    check_open(case)
    added = attachment(
        content,
        id=new_id(),
        case_id=case.id,
        by=by,
        now=tx.now,
        present=tx.attachments.count(case.id),
        rule=_rule(tx, case),
    )
    tx.attachments.add(added)
    tx.note(
        case.ref.subject,
        "attachment_added",
        attachment_id=added.id,
        media_type=added.media_type,
        size=added.size,
        sha256=added.sha256.hex(),
        added_by=by,
    )
    return added


def _rule(tx: ComplaintTransaction, case: Case) -> Ruling[AttachmentRule]:
    today = tx.day_of(case.unit, tx.now)
    return tx.policies.ruling("attachments", unit=case.unit, on=today)
