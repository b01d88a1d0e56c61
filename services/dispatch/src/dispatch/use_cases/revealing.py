"""Show a signature in full to somebody who needs it, and keep why (CF-08)."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.proofs import Evidence, Part
from dispatch.domain.signatures import Signature
from shared.rules import NotFound


@dataclass(frozen=True)
class Revealed:
    """A signature as it was given; ``content`` is the picture."""

    evidence: Evidence
    media_type: str | None
    content: bytes | None


def reveal_signature(
    tx: DispatchTransaction, order_id: UUID, *, part: str, reason: str, caller: Caller
) -> Revealed:
    """What is kept of a signature on an order that the caller may see; the audit log keeps who
    looked and why. Raises NotFound where there is none, or its signer was erased."""
    order = tx.work_orders.get(order_id, caller)
    signature: Signature | None = getattr(order, Part(part).field) if part in set(Part) else None
    kept = tx.proofs.get(signature.proof_id) if signature and signature.proof_id else None
    if kept is None or kept.evidence is None:
        raise NotFound("No such signature is kept.")
    tx.record(f"{part}_signature.revealed", f"work_order/{order.id}", reason=reason)
    image = tx.proofs.image_of(kept)
    if image is None:
        return Revealed(kept.evidence, None, None)
    return Revealed(kept.evidence, image.media_type, image.content)
