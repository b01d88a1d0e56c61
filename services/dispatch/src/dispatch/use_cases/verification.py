"""Say of each signature on an order whether what was signed is still what the order says."""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dispatch.adapters.proofs import Proofs
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.proofs import Part, text_of
from dispatch.domain.signatures import lines_of
from dispatch.domain.signed_texts import completion_text
from dispatch.domain.verification import Finding, Verified, gone, verify, verify_waiting
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.proofs import shown_name

BATCH = 200
# Where the receiver's signature is one of the present, and where the client's is.
NOT_ACCEPTED = frozenset({State.DRAFT, State.ISSUED})
COMPLETED = frozenset({State.COMPLETED, State.CALLED_BACK, State.SIGNED, State.ARCHIVED})


def verified(session: Session, order_id: UUID) -> list[Verified]:
    """The signatures on an order that exists, in the order of its life, as the rows of the database
    are, whoever changed them."""
    row = session.execute(select(work_orders).where(work_orders.c.id == order_id)).one()
    return _of_row(session, row)


def every_order(session: Session) -> Iterator[tuple[str, list[Verified]]]:
    """The same of all orders that were given out, by their numbers, some at a time."""
    number = work_orders.c.order_no
    query = select(work_orders).where(number.is_not(None)).order_by(work_orders.c.id).limit(BATCH)
    rows = session.execute(query).all()
    while rows:
        for row in rows:
            yield row.order_no, _of_row(session, row)
        rows = session.execute(query.where(work_orders.c.id > rows[-1].id)).all()


def is_altered(found: list[Verified]) -> bool:
    """Whether something was changed since it was signed."""
    return any(one.finding is Finding.CHANGED for one in found)


def _of_row(session: Session, row: Row[tuple[object, ...]]) -> list[Verified]:
    order, proofs = cast(WorkOrder, row), Proofs(session)  # It has all that a text is made from.
    parts = proofs.parts(order.id)
    found = [_one(proofs, order, part) for part in Part if getattr(order, part.field)]
    found += [gone(part) for part in Part if part in parts and _is_missing(order, part)]
    waiting = None if order.client_signature else _waiting(proofs, order)
    return found if waiting is None else [*found, waiting]


def _one(proofs: Proofs, order: WorkOrder, part: Part) -> Verified:
    signature = getattr(order, part.field)
    kept = proofs.kept(signature.proof_id)
    evidence = kept and kept.proof and kept.proof.evidence
    name = shown_name(evidence) if evidence else signature.name
    return verify(part, signature, text_of(order, part), kept, name=name)


def _is_missing(order: WorkOrder, part: Part) -> bool:
    """Whether the order lost a signature that it had."""
    if getattr(order, part.field) is not None:
        return False
    match part:
        case Part.ACCEPTANCE:
            return order.accepted_at is not None
        case Part.CLIENT:
            return order.state in COMPLETED
    return order.signed_by is not None


def _waiting(proofs: Proofs, order: WorkOrder) -> Verified | None:
    """What the client signed by the link of the present receiver, before the completion."""
    if order.state in COMPLETED or order.state in NOT_ACCEPTED:
        return None
    kept = proofs.last_by_link(order.id, order.receiver_id)
    if kept is None or kept.proof is None or order.issued_at is None:
        return None
    if kept.proof.signed_at < order.issued_at:
        return None
    evidence = kept.proof.evidence
    remarks = lines_of(evidence.text)["remarks"] if evidence else None
    return verify_waiting(kept, kept.proof, completion_text(order, remarks=remarks))
