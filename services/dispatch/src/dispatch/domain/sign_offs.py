"""The one-time link by which the person served signs on a phone (WO-14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dispatch.domain.signatures import digest_of
from dispatch.domain.signed_texts import completion_text
from dispatch.domain.work_order_states import TRANSITIONS, Command, target
from dispatch.domain.work_orders import WorkOrder
from shared.file_types import MediaType
from shared.rules import Forbidden, Ruling, WrongState


@dataclass(frozen=True)
class SignOffRule:
    """How long a link is good and how often something may be sent to it; how large a drawn
    signature may be; and which photographs of signed paper are taken, how many with one order and
    how large (WO-14)."""

    hours: int
    tries: int
    drawing_kib: int
    photograph_types: tuple[MediaType, ...]
    photographs: int
    photograph_kib: int


@dataclass(eq=False, kw_only=True)
class SignOffLink:
    """Where the person served signs what one receiver did. Times are UTC.

    ``remarks`` are what is to be signed of process and result, None until the receiver wrote them.
    ``tries`` counts what was sent to it. ``url`` holds the code and is kept nowhere.
    """

    id: UUID
    work_order_id: UUID
    receiver_id: UUID
    opened_by: UUID
    opened_at: datetime
    expires_at: datetime
    code_digest: bytes
    remarks: str | None = None
    tries: int = 0
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 1
    url: str = ""


class SignOffNotReady(WrongState):
    """What is to be signed is not written yet, or the work is not in hand (WO-14)."""

    code = "sign_off_not_ready"


class TextChanged(WrongState):
    """What the signer read is no longer what is to be signed (WO-14)."""

    code = "text_changed"


class MayNotOpenSignOff(Forbidden):
    """Only the receiver of the order, and those who dispatch it, let its client sign (WO-14)."""

    code = "may_not_open_sign_off"


def open_link(
    order: WorkOrder,
    *,
    id: UUID,
    code_digest: bytes,
    by: UUID,
    rule: Ruling[SignOffRule],
    now: datetime,
) -> SignOffLink:
    """A link for an order that is in hand. Raises WrongState."""
    target(order.state, Command.OPEN_SIGN_OFF)
    _, _, receiver_id = order.given_out()
    return SignOffLink(
        id=id,
        work_order_id=order.id,
        receiver_id=receiver_id,
        opened_by=by,
        opened_at=now,
        expires_at=now + timedelta(hours=rule.value.hours),
        code_digest=code_digest,
    )


def write_remarks(link: SignOffLink, order: WorkOrder, remarks: str, *, by: UUID) -> None:
    """The receiver says how the work went, which the client is to sign. Whoever has read other
    remarks has to read these before he signs. Raises NotTheReceiver, WrongState."""
    target(order.state, Command.CLIENT_SIGN)
    order.check_receiver(by)
    link.remarks = remarks


def is_live(link: SignOffLink, order: WorkOrder, now: datetime) -> bool:
    """Whether a link may be used: once, in its time, and only as long as the order is in the hands
    of the receiver for whom it was opened."""
    open_still = link.used_at is None and link.revoked_at is None and now < link.expires_at
    given_since = order.issued_at is None or order.issued_at > link.opened_at
    same_hands = link.receiver_id == order.receiver_id and not given_since
    return open_still and same_hands and Command.OPEN_SIGN_OFF in TRANSITIONS[order.state]


def text_to_sign(link: SignOffLink, order: WorkOrder) -> str | None:
    """The exact text that the client signs, None as long as it is not written or the work is not
    in hand."""
    if link.remarks is None or Command.CLIENT_SIGN not in TRANSITIONS[order.state]:
        return None
    return completion_text(order, remarks=link.remarks)


def sign_text(link: SignOffLink, order: WorkOrder, *, digest: str, now: datetime) -> str:
    """Use the link up for the text whose digest the signer read. Raises SignOffNotReady,
    TextChanged."""
    text = text_to_sign(link, order)
    if text is None:
        raise SignOffNotReady("there is nothing to be signed yet")
    if digest_of(text) != digest:
        raise TextChanged("the text is another one; read it again")
    link.used_at = now
    return text


def count_try(link: SignOffLink, rule: Ruling[SignOffRule], *, now: datetime) -> None:
    """Something was sent to the link; after too much of it it is good no longer."""
    link.tries += 1
    if link.tries > rule.value.tries:
        link.revoked_at = now


def check_opening(roles: frozenset[str], dispatching: frozenset[str], *, receives: bool) -> None:
    """Refuse whoever neither receives nor dispatches the order. Raises MayNotOpenSignOff."""
    if not receives and not roles & dispatching:
        raise MayNotOpenSignOff("only its receiver and its dispatcher let the client sign")
