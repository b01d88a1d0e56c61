"""The kinds of case that follow a preset flow (K-22)."""

from collections.abc import Mapping

from complaint.domain.feedback import Feedback
from complaint.domain.flow_cases import FlowCase
from complaint.domain.flows import Flow
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest

KINDS: tuple[type[FlowCase], ...] = (Problem, ServiceRequest, Feedback)
FLOWS: Mapping[str, Flow] = {kind.kind: kind.flow for kind in KINDS}
