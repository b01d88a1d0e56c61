"""Feedback as it is found: collected over all units that somebody sees, and sorted."""

from sqlalchemy import Select, select

from complaint.adapters.mapping import Feedback
from complaint.adapters.tables import cases, feedback
from complaint.domain.feedback import FeedbackState, FeedbackTopic
from shared.scope import within


def listed(
    *, unit: str, topic: FeedbackTopic | None = None, state: FeedbackState | None = None
) -> Select[Feedback]:
    """The query of what a person of ``unit`` sees, narrowed by what is given (PT-32)."""
    query = select(Feedback).where(within(cases.c.org_unit, unit))
    if topic is not None:
        query = query.where(feedback.c.topic == topic)
    if state is not None:
        query = query.where(feedback.c.state == state)
    return query
