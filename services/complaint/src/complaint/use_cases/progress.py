"""What handler and complainant tell each other while a complaint is open (CP-26, CP-27)."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.intake import Channel
from complaint.domain.pauses import PauseEnd
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.progress import Message, ProgressContact, check_time
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller
from complaint.use_cases.chain import check_caller, check_of_chain
from complaint.use_cases.clocks import settle, start_anew
from complaint.use_cases.taking import take
from complaint.use_cases.wording import check_wording
from shared.envelope import Event
from shared.ids import new_id
from shared.org_units import calendar_of


def tell_progress(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, method: Method, content: str
) -> Complaint:
    """The handler told the complainant how far his complaint is; the time for the next such
    contact begins.

    Raises NotFound, NotOfThisTier, WrongState.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    contact = ProgressContact(id=new_id(), by=by.id, at=tx.now, method=method, content=content)
    told = complaint.tell_progress(contact)
    start_anew(tx, complaint, ClockName.PROGRESS_CONTACT)
    settle(tx, complaint, told)
    check_wording(tx, content, about=complaint, text=RecordedText.PROGRESS, by=by.id)
    return complaint


def take_over(tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller) -> Complaint:
    """One of those whom the level calls upon takes the complaint on (CP-19, CP-20).

    Raises NotFound, NotOfThisTier, WrongState.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    settle(tx, complaint, complaint.take_over(by.id, now=tx.now))
    return complaint


def receive_message(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    channel: Channel,
    content: str,
    received_at: datetime | None = None,
) -> Complaint:
    """Write down what the complainant said, now or earlier. Inside a pause it ends that pause at
    the time at which he said it.

    Raises NotFound, NotOfThisTier, WrongState, MessageInFuture, MessageBeforeComplaint.
    """
    complaint = take(tx, complaint_id, by=by)
    check_of_chain(tx, complaint, by=by)
    message = Message(
        id=new_id(),
        channel=channel,
        received_at=received_at or tx.now,
        content=content,
        noted_at=tx.now,
        noted_by=by.id,
    )
    return hear(tx, complaint, message)


def hear(tx: ComplaintTransaction, complaint: Complaint, message: Message) -> Complaint:
    """The complainant said something. Inside a pause it ends that pause.

    Raises WrongState, MessageInFuture, MessageBeforeComplaint.
    """
    check_time(message, complaint_received_at=complaint.intake.received_at)
    settle(tx, complaint, [*complaint.receive_message(message), *_spoken(tx, complaint, message)])
    return complaint


def _spoken(tx: ComplaintTransaction, complaint: Complaint, message: Message) -> list[Event]:
    """What ends when the complainant speaks inside a pause."""
    pause = complaint.pause
    if pause is None or message.received_at < pause.began_at:
        return []
    ended = complaint.end_pause(
        message.received_at,
        ended_by=PauseEnd.CUSTOMER_SPOKE,
        calendar=calendar_of(tx.session, complaint.unit),
        now=tx.now,
    )
    return [*ended]
