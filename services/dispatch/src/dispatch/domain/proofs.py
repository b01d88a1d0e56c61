"""What proves that somebody signed: the exact text, who, when, where, and the picture (WO-08,
WO-14, WO-15)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.signatures import Signature, digest_of, lines_of
from dispatch.domain.signed_texts import acceptance_text, completion_text, confirmation_text
from dispatch.domain.work_order_rules import Kind
from dispatch.domain.work_orders import WorkOrder
from shared.rules import Invalid


class Part(StrEnum):
    """Which of the three signatures on an order it is."""

    ACCEPTANCE = "acceptance"
    CLIENT = "client"
    DISPATCHER = "dispatcher"

    @property
    def field(self) -> str:
        """Where the order keeps it."""
        return "acceptance" if self is Part.ACCEPTANCE else f"{self.value}_signature"


class Relation(StrEnum):
    """What the signer is to the place that was served."""

    OWNER = "owner"
    RESIDENT = "resident"
    TENANT = "tenant"
    STAFF = "staff"
    OTHER = "other"


class Device(StrEnum):
    """On what kind of device somebody signed, as far as it says."""

    PHONE = "phone"
    COMPUTER = "computer"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where the signer was, as he let his device tell: degrees, and metres of uncertainty."""

    latitude: float
    longitude: float
    accuracy_m: float


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is sealed. ``signed_at`` is the time that counts, ``received_at`` that of the service as
    the signature came, ``device_at`` what the clock of the signer's device said. Of an acceptance
    and of a closing the signer is the person of the staff who sent it."""

    part: Part
    kind: Kind
    name: str
    text: str
    signed_at: datetime
    received_at: datetime
    relation: Relation | None = None
    device_at: datetime | None = None
    device: Device | None = None
    spot: Spot | None = None
    image_sha256: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text in hexadecimal."""
        return digest_of(self.text)

    @property
    def skew_seconds(self) -> int | None:
        """How far the clock of the device was ahead."""
        if self.device_at is None:
            return None
        return round((self.device_at - self.received_at).total_seconds())


@dataclass(eq=False, kw_only=True)
class Proof:
    """A signature that was given. ``receiver_id`` had the order then. ``evidence`` is None once
    the signer was erased."""

    id: UUID
    work_order_id: UUID
    part: Part
    kind: Kind
    receiver_id: UUID
    signed_at: datetime
    digest: str
    image_id: UUID | None
    evidence: Evidence | None


class RemarksNotSigned(Invalid):
    """The client signed other remarks than these (WO-14)."""

    code = "remarks_not_signed"


def proof(evidence: Evidence, *, id: UUID, order: WorkOrder, image_id: UUID | None) -> Proof:
    """The proof of a signature on an order that was given out."""
    return Proof(
        id=id,
        work_order_id=order.id,
        part=evidence.part,
        kind=evidence.kind,
        receiver_id=order.given_out()[2],
        signed_at=evidence.signed_at,
        digest=evidence.digest,
        image_id=image_id,
        evidence=evidence,
    )


def signature_of(proven: Proof, evidence: Evidence, *, name: str) -> Signature:
    """How the order keeps a signature that is proven, under the name as it is shown there."""
    return Signature(
        name=name,
        image_sha256=evidence.image_sha256,
        digest=evidence.digest,
        at=evidence.signed_at,
        proof_id=proven.id,
    )


def text_of(order: WorkOrder, part: Part) -> str:
    """What was signed, made anew from the order as it is."""
    match part:
        case Part.ACCEPTANCE:
            return acceptance_text(order)
        case Part.CLIENT:
            return completion_text(order)
    return confirmation_text(order)


def signed_remarks(order: WorkOrder, evidence: Evidence, remarks: str | None) -> str:
    """The remarks that the client signed; ``remarks`` are none, or the same.

    Raises RemarksNotSigned where the client signed something else than the order says.
    """
    signed = lines_of(evidence.text)["remarks"]
    if digest_of(completion_text(order, remarks=remarks or signed)) != evidence.digest:
        raise RemarksNotSigned(
            "the client signed other remarks", errors={"remarks": ["are not those signed"]}
        )
    return signed
