"""The person served reads what was done and signs it, by the code of a link (WO-14)."""

from dataclasses import dataclass
from datetime import datetime

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.drawings import check_drawing
from dispatch.domain.proofs import Device, Evidence, Part, Proof, Relation, Spot, proof
from dispatch.domain.sign_offs import SignOffLink, count_try, is_live, sign_text
from dispatch.domain.signature_images import drawn
from dispatch.domain.work_order_rules import Kind, check_kind
from dispatch.domain.work_orders import WorkOrder
from shared.ids import new_id
from shared.rules import NotFound


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What a client sends: the SHA-256 of the text that he read, his name, what he drew (PNG), and
    what his device says."""

    digest: str
    name: str
    drawing: bytes
    relation: Relation | None
    device_at: datetime | None
    spot: Spot | None
    device: Device


def sign_off(tx: DispatchTransaction, code: str, signing: Signing) -> Proof:
    """Sign what the receiver did; the code is good no more.

    Raises NotFound, SignOffNotReady, TextChanged, SignatureKindRefused, DrawingUnreadable,
    DrawingTooLarge, DrawingBlank.
    """
    link, order = taken(tx, code)
    rule = tx.ruling("sign_off", unit=order.org_unit)
    check_kind(Kind.LINK, tx.ruling("completing", unit=order.org_unit))
    text = sign_text(link, order, digest=signing.digest, now=tx.now)
    check_drawing(signing.drawing, largest_kib=rule.value.drawing_kib)
    made = _proven(tx, order, signing, text)
    subject, because = f"work_order/{order.id}", rule.because
    tx.note(subject, "client_signed", because=because, proof_id=made.id, digest=made.digest)
    return made


def taken(tx: DispatchTransaction, code: str) -> tuple[SignOffLink, WorkOrder]:
    """The live link of a code, and its order. Raises NotFound."""
    link, order = tx.sign_off_links.take(code)
    if not is_live(link, order, tx.now):
        raise NotFound("No order is signed by this code.")
    return link, order


def count_sign_off_try(tx: DispatchTransaction, code: str) -> None:
    """Count what is sent to a live link, whatever comes of it; of no other code is anything
    told."""
    try:
        link, order = taken(tx, code)
    except NotFound:
        return
    count_try(link, tx.ruling("sign_off", unit=order.org_unit), now=tx.now)


def _proven(tx: DispatchTransaction, order: WorkOrder, signing: Signing, text: str) -> Proof:
    image = drawn(signing.drawing, id=new_id(), order=order, now=tx.now)
    tx.proofs.add_image(image)
    evidence = Evidence(
        part=Part.CLIENT,
        kind=Kind.LINK,
        name=signing.name,
        text=text,
        signed_at=tx.now,
        received_at=tx.now,
        relation=signing.relation,
        device_at=signing.device_at,
        device=signing.device,
        spot=signing.spot,
        image_sha256=image.sha256,
    )
    made = proof(evidence, id=new_id(), order=order, image_id=image.id)
    tx.proofs.add(made)
    return made
