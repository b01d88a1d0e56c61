"""Pictures of signatures: drawn on a phone, or photographed on paper (WO-14)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dispatch.domain.sign_offs import SignOffRule
from dispatch.domain.work_order_states import Command, target
from dispatch.domain.work_orders import WorkOrder
from shared.file_types import KIB, MediaType, is_ambiguous, sniffed
from shared.rules import Invalid, RuleBroken, Ruling


@dataclass(eq=False, kw_only=True)
class SignatureImage:
    """A picture. ``size`` is in bytes, ``sha256`` in hexadecimal; nobody in ``added_by`` is the
    client himself. ``content`` is None once he was erased."""

    id: UUID
    work_order_id: UUID
    media_type: MediaType
    size: int
    sha256: str
    added_at: datetime
    added_by: UUID | None
    content: bytes | None


class PhotographEmpty(Invalid):
    """There is nothing in it."""

    code = "photograph_empty"


class PhotographTooLarge(RuleBroken):
    """It is larger than the pack allows."""

    code = "photograph_too_large"
    status = 413


class PhotographTypeRefused(RuleBroken):
    """It is none of the kinds of picture that the pack takes, or could be taken for another."""

    code = "photograph_type_refused"
    status = 415


class TooManyPhotographs(RuleBroken):
    """The order has as many as the pack allows."""

    code = "too_many_photographs"


class PhotographUnknown(Invalid):
    """The order has no such photograph of its present receiver."""

    code = "photograph_unknown"


def drawn(content: bytes, *, id: UUID, order: WorkOrder, now: datetime) -> SignatureImage:
    """What the client drew, which was looked at before."""
    return _image(content, MediaType.PNG, id=id, order=order, by=None, now=now)


def photographed(
    content: bytes,
    *,
    id: UUID,
    order: WorkOrder,
    by: UUID,
    now: datetime,
    present: int,
    rule: Ruling[SignOffRule],
) -> SignatureImage:
    """The paper that the client signed, as the receiver photographed it; ``present`` is how many
    photographs the order has already.

    Raises NotTheReceiver, WrongState, PhotographEmpty, PhotographTooLarge, PhotographTypeRefused,
    TooManyPhotographs.
    """
    target(order.state, Command.CLIENT_SIGN)
    order.check_receiver(by)
    kind = _checked(content, rule)
    if present >= rule.value.photographs:
        raise TooManyPhotographs(
            f"An order has at most {rule.value.photographs} photographs.", because=rule.because
        )
    return _image(content, kind, id=id, order=order, by=by, now=now)


def _checked(content: bytes, rule: Ruling[SignOffRule]) -> MediaType:
    allowed, because = rule.value, rule.because
    if not content:
        raise PhotographEmpty("The photograph is empty.")
    if len(content) > allowed.photograph_kib * KIB:
        raise PhotographTooLarge(
            f"A photograph has at most {allowed.photograph_kib} KiB.", because=because
        )
    found = sniffed(content)
    if found is None or found not in allowed.photograph_types or is_ambiguous(content, found):
        raise PhotographTypeRefused(
            "Photographs of this kind are not taken.",
            because=because,
            allowed=sorted(allowed.photograph_types),
        )
    return found


def _image(
    content: bytes,
    kind: MediaType,
    *,
    id: UUID,
    order: WorkOrder,
    by: UUID | None,
    now: datetime,
) -> SignatureImage:
    return SignatureImage(
        id=id,
        work_order_id=order.id,
        media_type=kind,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        added_at=now,
        added_by=by,
        content=content,
    )
