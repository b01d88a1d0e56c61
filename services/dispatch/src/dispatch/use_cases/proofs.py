"""Keep what proves a signature, and photographs of paper that a client signed (WO-08, WO-14)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.proofs import (
    Evidence,
    Part,
    Proof,
    proof,
    signature_of,
    signed_remarks,
    text_of,
)
from dispatch.domain.signature_images import SignatureImage, photographed
from dispatch.domain.signatures import Signature, Signed
from dispatch.domain.work_order_rules import CompletionRule, Kind, check_kind
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.overdue import take
from shared import masking
from shared.ids import new_id
from shared.rules import Ruling, given


def prove(
    tx: DispatchTransaction,
    order: WorkOrder,
    part: Part,
    *,
    image: UUID | None = None,
    device_at: datetime | None = None,
) -> None:
    """Keep the text and the rest of what was signed just now, once and for all. The order itself
    shows the client's name masked."""
    signature: Signature = given(getattr(order, part.field), "it was signed just now.")
    evidence = Evidence(
        part=part,
        kind=Kind.PHOTOGRAPH if image else Kind.TYPED,
        name=signature.name,
        text=text_of(order, part),
        signed_at=signature.at,
        received_at=tx.now,
        device_at=device_at,
        image_sha256=signature.image_sha256,
    )
    kept = proof(evidence, id=new_id(), order=order, image_id=image)
    tx.proofs.add(kept)
    setattr(order, part.field, replace(signature, name=shown_name(evidence), proof_id=kept.id))


def shown_name(evidence: Evidence) -> str:
    """The name as the order shows it: of the staff in full, of a client masked."""
    return masking.name(evidence.name) if evidence.part is Part.CLIENT else evidence.name


def photograph_signature(
    tx: DispatchTransaction, order_id: UUID, *, content: bytes, caller: Caller
) -> SignatureImage:
    """Keep a photograph of paper that the client signed; the completion refers to it.

    Raises NotOnStaff, NotFound, PolicyMissing, and what the domain refuses.
    """
    order = take(tx, order_id, caller=caller)
    by = tx.people.acting(caller).id
    tx.sign_off_links.open_of(order)  # Two photographs at once are counted one after the other.
    image = photographed(
        content,
        id=new_id(),
        order=order,
        by=by,
        now=tx.now,
        present=tx.proofs.photographs(order.id),
        rule=tx.ruling("sign_off", unit=order.org_unit),
    )
    tx.proofs.add_image(image)
    subject = f"work_order/{order.id}"
    tx.note(subject, "signature_photographed", image_id=image.id, sha256=image.sha256, added_by=by)
    return image


def client_signed(
    tx: DispatchTransaction,
    order: WorkOrder,
    client: Signed | None,
    *,
    remarks: str | None,
    rule: Ruling[CompletionRule],
) -> tuple[str | None, Signed | None, Proof | None]:
    """Remarks and signature of a completion, and the proof where the client signed by the link:
    that counts where the completion brings no other signature.

    Raises SignatureKindRefused, PhotographUnknown, RemarksNotSigned.
    """
    waiting = tx.proofs.waiting(order) if client is None else None
    if waiting is not None and waiting.evidence is not None:
        check_kind(Kind.LINK, rule)
        evidence = waiting.evidence
        signed = Signed(name=evidence.name, image_sha256=evidence.image_sha256)
        return signed_remarks(order, evidence, remarks), signed, waiting
    if client is None:
        return remarks, None, None
    if client.photograph_id is None:
        check_kind(Kind.TYPED, rule)
        return remarks, client, None
    check_kind(Kind.PHOTOGRAPH, rule)
    picture = tx.proofs.photograph(order, client.photograph_id)
    return remarks, replace(client, image_sha256=picture.sha256), None


def prove_client(
    tx: DispatchTransaction,
    order: WorkOrder,
    client: Signed | None,
    *,
    by_link: Proof | None,
    device_at: datetime | None,
) -> None:
    """Let the signature of the client on an order that was just completed be proven."""
    if by_link is not None and by_link.evidence is not None:
        name = shown_name(by_link.evidence)
        order.client_signature = signature_of(by_link, by_link.evidence, name=name)
    elif client is not None:
        prove(tx, order, Part.CLIENT, image=client.photograph_id, device_at=device_at)
