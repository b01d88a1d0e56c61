"""From the subject of a timer to what it is about."""

from complaint.domain.cases import CaseRef
from shared.subscriptions import Fired


def case_of(fired: Fired) -> CaseRef:
    """The case that a timer of subject ``{kind}/{id}`` is about."""
    return CaseRef.of(fired.subject)
