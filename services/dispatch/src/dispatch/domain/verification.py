"""Whether what was signed is still what the order says, and which lines of it are not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.domain.proofs import Evidence, Part, Proof
from dispatch.domain.signatures import Signature, digest_of, lines_of
from dispatch.domain.work_order_rules import Kind


class Finding(StrEnum):
    """``unproven``: the text of the signature was not kept, so that its digest alone can be
    compared. ``erased``: nor is the name any more, since the signer was erased."""

    INTACT = "intact"
    CHANGED = "changed"
    UNPROVEN = "unproven"
    ERASED = "erased"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the database holds of a proof. ``broken``: it is gone, or its seal does not open.
    ``picture`` is the SHA-256 of the picture as it lies there, None where there is none."""

    proof: Proof | None
    broken: bool = False
    picture: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verified:
    """One signature on an order. ``altered`` names the lines of the text and what else was changed
    since it was signed: ``name``, ``image``, ``digest``, ``signed_at``, ``proof``, ``signature``.
    ``taken`` says whether the order went on by it; a client may have signed before that."""

    part: Part
    finding: Finding
    altered: tuple[str, ...]
    signed_at: datetime | None = None
    kind: Kind | None = None
    digest: str | None = None
    image_sha256: str | None = None
    received_at: datetime | None = None
    device_at: datetime | None = None
    skew_seconds: int | None = None
    device: str | None = None
    has_spot: bool = False
    relation: str | None = None
    taken: bool = True


def verify(
    part: Part, signature: Signature, text: str, kept: Kept | None, *, name: str
) -> Verified:
    """Hold a signature of an order against its proof; ``text`` is made anew from the order, and
    ``name`` is how the signer of the proof is shown there. ``kept`` is None where the signature
    names no proof."""
    if kept is None:
        altered = _if(text=digest_of(text) != signature.digest)
        return _of_signature(part, signature, altered, otherwise=Finding.UNPROVEN)
    if kept.broken or kept.proof is None:
        altered = _if(proof=True, text=digest_of(text) != signature.digest)
        return _of_signature(part, signature, altered, otherwise=Finding.CHANGED)
    found, evidence = kept.proof, kept.proof.evidence
    if evidence is None:
        altered = _if(text=digest_of(text) != found.digest, digest=signature.digest != found.digest)
        return _of_signature(part, signature, altered, otherwise=Finding.ERASED)
    altered = (
        *altered_lines(evidence.text, text),
        *_if(
            name=signature.name != name,
            image=not signature.image_sha256 == evidence.image_sha256 == _picture(kept, evidence),
            digest=signature.digest != evidence.digest,
            signed_at=signature.at != evidence.signed_at,
            proof=not _is_sealed(found, evidence) or evidence.part is not part,
        ),
    )
    return told(evidence, altered)


def verify_waiting(kept: Kept, proof: Proof, text: str) -> Verified:
    """Hold what the client signed by the link, and the order did not go on by yet, against the text
    as it would be signed today."""
    evidence = proof.evidence
    if kept.broken or evidence is None:
        finding = Finding.CHANGED if kept.broken else Finding.ERASED
        altered = _if(proof=kept.broken)
        return Verified(part=Part.CLIENT, finding=finding, altered=altered, taken=False)
    image = evidence.image_sha256 != _picture(kept, evidence)
    altered = (
        *altered_lines(evidence.text, text),
        *_if(image=image, proof=not _is_sealed(proof, evidence)),
    )
    return told(evidence, altered, taken=False)


def gone(part: Part) -> Verified:
    """A signature that the order lost, though it was given."""
    return Verified(part=part, finding=Finding.CHANGED, altered=("signature",))


def altered_lines(kept: str, present: str) -> tuple[str, ...]:
    """The names of the lines in which two texts differ, in the order of the first."""
    before, after = lines_of(kept), lines_of(present)
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


def told(evidence: Evidence, altered: tuple[str, ...], *, taken: bool = True) -> Verified:
    """What is said of a proven signature."""
    return Verified(
        part=evidence.part,
        finding=Finding.CHANGED if altered else Finding.INTACT,
        altered=altered,
        signed_at=evidence.signed_at,
        kind=evidence.kind,
        digest=evidence.digest,
        image_sha256=evidence.image_sha256,
        received_at=evidence.received_at,
        device_at=evidence.device_at,
        skew_seconds=evidence.skew_seconds,
        device=evidence.device,
        has_spot=evidence.spot is not None,
        relation=evidence.relation,
        taken=taken,
    )


def _of_signature(
    part: Part, signature: Signature, altered: tuple[str, ...], *, otherwise: Finding
) -> Verified:
    return Verified(
        part=part,
        finding=Finding.CHANGED if altered else otherwise,
        altered=altered,
        signed_at=signature.at,
        digest=signature.digest,
        image_sha256=signature.image_sha256,
    )


def _picture(kept: Kept, evidence: Evidence) -> str | None:
    """The SHA-256 of the picture; where somebody else keeps it, what was told of it."""
    return evidence.image_sha256 if evidence.kind is Kind.TYPED else kept.picture


def _is_sealed(proof: Proof, evidence: Evidence) -> bool:
    """Whether what stands beside the seal says the same."""
    beside = (proof.part, proof.kind, proof.signed_at, proof.digest)
    return beside == (evidence.part, evidence.kind, evidence.signed_at, evidence.digest)


def _if(**found: bool) -> tuple[str, ...]:
    return tuple(name for name, is_so in found.items() if is_so)
