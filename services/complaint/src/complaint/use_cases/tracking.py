"""A customer looks after his case with its tracking code, and adds to it (PT-26)."""

from datetime import date

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.closing import check_open
from complaint.domain.complaint import Complaint
from complaint.domain.progress import Message
from complaint.domain.public_intake import CHANNEL, IntakeClosed
from complaint.domain.tracking import MessagesNotTaken, Status, StatusWords, TrackedCase
from complaint.use_cases.attachments import keep
from complaint.use_cases.clocks import tell_missed
from complaint.use_cases.progress import hear
from complaint.use_cases.public_intake import HOUR, TURN_TO_STAFF, rule_of
from shared.call_limits import CallLimit, count
from shared.ids import new_id
from shared.policy import Policies, PolicyMissing


def add_message(tx: ComplaintTransaction, code: str, *, content: str) -> TrackedCase:
    """The customer says more; inside a pause that ends it.

    Raises NotFound, TooMany, IntakeClosed, MessagesNotTaken, CaseClosed.
    """
    case = tx.trackings.take(code)
    most = rule_of(tx, case.unit).value.hourly_of_case
    count(tx.session, CallLimit("messages_of_case", most, HOUR), str(case.id), now=tx.now)
    if not isinstance(case, Complaint):
        raise MessagesNotTaken("Turn to the staff, or send a file.")
    check_open(case)
    tell_missed(tx, case)
    message = Message(
        id=new_id(), channel=CHANNEL, received_at=tx.now, content=content, noted_at=tx.now
    )
    return hear(tx, case, message)


def attach(tx: ComplaintTransaction, code: str, *, content: bytes) -> TrackedCase:
    """The customer adds a file.

    Raises NotFound, CaseClosed, IntakeClosed, and what the domain refuses.
    """
    case = tx.trackings.take(code)
    try:
        keep(tx, case, by=None, content=content)
    except PolicyMissing:
        raise IntakeClosed(TURN_TO_STAFF) from None
    return case


def words(policies: Policies, status: Status, *, unit: str, on: date) -> StatusWords | None:
    """What the packs that the unit follows on its local day say for a status, None where they say
    nothing. Raises UnitUnknown."""
    found = policies.rulings("status_words", unit=unit, on=on, status=status)
    return found[0].value if found else None
