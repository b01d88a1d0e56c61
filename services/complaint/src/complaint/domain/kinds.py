"""The kinds of case that follow a preset flow (K-22)."""

from collections.abc import Mapping

from complaint.domain.flow_cases import FlowCase
from complaint.domain.flows import Flow
from complaint.domain.problems import Problem

KINDS: tuple[type[FlowCase], ...] = (Problem,)
FLOWS: Mapping[str, Flow] = {kind.kind: kind.flow for kind in KINDS}
