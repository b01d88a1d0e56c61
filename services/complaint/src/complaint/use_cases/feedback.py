"""Feedback: one function a command (PT-21, PT-29)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.feedback import Feedback, FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller, Filer
from complaint.use_cases import flows
from complaint.use_cases.wording import check_wording


def record(
    tx: ComplaintTransaction,
    *,
    by: Filer,
    arrival: Arrival,
    matter: str,
    topic: FeedbackTopic,
    contact: NamedContact | None = None,
) -> Feedback:
    """Write feedback down; somebody has to answer it (PT-29, PT-31, PT-32).

    Raises UnitUnknown, ReceivedInFuture, PolicyMissing, TierEmpty.
    """
    to = flows.received(tx, Feedback, arrival, by=by)
    return flows.take_in(
        tx,
        Feedback,
        by=by,
        to=to,
        arrival=arrival,
        matter=matter,
        contact=contact,
        topic=topic,
    )


def analyse(tx: ComplaintTransaction, feedback_id: UUID, *, by: Caller, analysis: str) -> Feedback:
    """Say what it shows. Raises NotFound, NotOfThisTier, WrongState, TierEmpty."""
    feedback = flows.taken(tx, Feedback, feedback_id, by=by)
    return flows.go_on(tx, feedback, feedback.analyse(analysis, now=tx.now), done="analysed")


def answer(
    tx: ComplaintTransaction, feedback_id: UUID, *, by: Caller, method: Method, content: str
) -> Feedback:
    """The customer was told what becomes of it. Raises NotFound, NotOfThisTier, WrongState."""
    feedback = flows.taken(tx, Feedback, feedback_id, by=by)
    contact = flows.contact(tx, by, method=method, content=content)
    check_wording(tx, content, about=feedback, text=RecordedText.ANSWER, by=by.id)
    return flows.go_on(tx, feedback, feedback.give_answer(contact))
