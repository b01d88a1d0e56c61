"""Penalties for what is done and left undone about complaints, over HTTP."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, PENALTY_READERS, caller
from complaint.domain.penalties import Penalty
from complaint.use_cases import penalties as use_cases
from shared.web.auth import allow
from shared.web.commands import command, tx
from shared.web.penalties import penalty_blueprint
from shared.web.penalty_schemas import PenaltySchema, ProposePenaltySchema

blp = penalty_blueprint(Penalty, caller=caller, named=NAMED, readers=PENALTY_READERS)


@blp.post("/v1/complaints/<uuid:complaint_id>/penalties")
@allow(*NAMED)
@command
@blp.arguments(ProposePenaltySchema)
@blp.response(201, PenaltySchema)
def propose_penalty(asked: dict[str, Any], complaint_id: UUID) -> Penalty:
    """Propose a penalty for what somebody did, or did not do, about a complaint."""
    return use_cases.propose(tx(), complaint_id, by=caller(), **asked)
