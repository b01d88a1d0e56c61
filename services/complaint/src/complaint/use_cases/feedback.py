"""Feedback: one function a command (PT-21, PT-29)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.feedback import Feedback, FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.flows import Stage
from complaint.domain.progress import ProgressContact
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller
from complaint.use_cases import flows
from shared.ids import new_id


def record(
    tx: ComplaintTransaction, *, by: Caller, arrival: Arrival, matter: str, topic: FeedbackTopic
) -> Feedback:
    """Write feedback down; somebody has to answer it (PT-29, PT-31, PT-32).

    Raises UnitUnknown, ReceivedInFuture, PolicyMissing, TierEmpty.
    """
    flows.check_arrival(tx, arrival, by=by)
    unit, kind = arrival.org_unit, Feedback.kind
    first = flows.responsible(tx, kind=kind, unit=unit, stage=Stage.ASSESSMENT)
    feedback = Feedback(
        id=new_id(),
        number=flows.number(tx, kind=kind, unit=unit),
        arrival=arrival,
        matter=matter,
        topic=topic,
        level=flows.LOWEST,
        handler_id=first.value,
        assigned_ids=frozenset({first.value}),
        filed_by=by.id,
        filed_at=tx.now,
    )
    flows.file(tx, feedback, first)
    return feedback


def analyse(tx: ComplaintTransaction, feedback_id: UUID, *, by: Caller, analysis: str) -> Feedback:
    """Say what it shows. Raises NotFound, NotOfThisTier, WrongState, TierEmpty."""
    feedback = flows.taken(tx, Feedback, feedback_id, by=by)
    told = feedback.analyse(analysis, now=tx.now)
    tx.note(feedback.ref.subject, "feedback_analysed")
    flows.go_on(tx, feedback, told)
    return feedback


def answer(
    tx: ComplaintTransaction, feedback_id: UUID, *, by: Caller, method: Method, content: str
) -> Feedback:
    """The customer was told what becomes of it. Raises NotFound, NotOfThisTier, WrongState."""
    feedback = flows.taken(tx, Feedback, feedback_id, by=by)
    contact = ProgressContact(id=new_id(), by=by.id, at=tx.now, method=method, content=content)
    flows.go_on(tx, feedback, feedback.give_answer(contact))
    return feedback
