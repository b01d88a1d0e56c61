"""What a case may turn out to be: it is closed, and goes on as a case of another kind (K-22).

A complaint stays one: as anything else it would escape its level, its clocks and its review.
"""

from collections.abc import Mapping

from complaint.domain.cases import Case
from complaint.domain.complaint import Complaint
from complaint.domain.feedback import Feedback
from complaint.domain.flow_cases import FlowCase
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest
from shared.rules import RuleBroken

BECOMES: Mapping[str, frozenset[str]] = {
    Feedback.kind: frozenset({Complaint.kind, Problem.kind, ServiceRequest.kind}),
    ServiceRequest.kind: frozenset({Complaint.kind, Problem.kind}),
    Problem.kind: frozenset({Complaint.kind, ServiceRequest.kind}),
    Complaint.kind: frozenset(),
}


class NotConvertible(RuleBroken):
    """A case of this kind does not become one of that kind."""

    code = "not_convertible"


def convertible(case: Case, to: str) -> FlowCase:
    """The case, where such a one may become one of the kind ``to``.

    Raises NotConvertible, which names what is possible.
    """
    possible = BECOMES[case.kind]
    if to not in possible or not isinstance(case, FlowCase):
        raise NotConvertible(f"A {case.kind} does not become a {to}.", allowed=sorted(possible))
    return case
