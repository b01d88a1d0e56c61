"""Penalties and the ledgers of the months over HTTP."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from complaint.adapters.penalties import LEDGER_KEY, Penalties, ledger, total
from complaint.adapters.tables import penalties
from complaint.api.access import NAMED, PENALTY_READERS, caller
from complaint.api.penalty_schemas import (
    ConfirmPenaltySchema,
    LedgerSchema,
    ListOwnPenaltiesSchema,
    ListPenaltiesSchema,
    PenaltySchema,
    PostedSchema,
    ProposePenaltySchema,
    WaivePenaltySchema,
)
from complaint.api.requests import NothingSchema
from complaint.domain.penalties import Penalty
from complaint.use_cases import penalties as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

blp = Blueprint("penalties", __name__, description="Penalties and their monthly ledgers")
PenaltyPageSchema = page_schema(PenaltySchema)


@blp.post("/v1/complaints/<uuid:complaint_id>/penalties")
@allow(*NAMED)
@command
@blp.arguments(ProposePenaltySchema)
@blp.response(201, PenaltySchema)
def propose_penalty(asked: dict[str, Any], complaint_id: UUID) -> Penalty:
    """Propose a penalty for what somebody did, or did not do, about a complaint."""
    return use_cases.propose(tx(), complaint_id, by=caller(), **asked)


@blp.post("/v1/penalties/<uuid:penalty_id>/confirmations")
@allow(*NAMED)
@command
@blp.arguments(ConfirmPenaltySchema)
@blp.response(200, PenaltySchema)
def confirm_penalty(asked: dict[str, Any], penalty_id: UUID) -> Penalty:
    """Decide what is due."""
    return use_cases.confirm(tx(), penalty_id, by=caller(), **asked)


@blp.post("/v1/penalties/<uuid:penalty_id>/waivers")
@allow(*NAMED)
@command
@blp.arguments(WaivePenaltySchema)
@blp.response(200, PenaltySchema)
def waive_penalty(asked: dict[str, Any], penalty_id: UUID) -> Penalty:
    """Decide that nothing is due."""
    return use_cases.waive(tx(), penalty_id, by=caller(), **asked)


@blp.get("/v1/penalties")
@allow(*PENALTY_READERS)
@query
@blp.arguments(ListPenaltiesSchema, location="query")
@blp.response(200, PenaltyPageSchema)
def list_penalties(asked: dict[str, Any]) -> dict[str, Any]:
    """The penalties of the caller's unit and below, as they were proposed."""
    return _listed(asked, unit=principal().unit)


@blp.get("/v1/penalties/mine")
@allow(*NAMED)
@query
@blp.arguments(ListOwnPenaltiesSchema, location="query")
@blp.response(200, PenaltyPageSchema)
def list_own_penalties(asked: dict[str, Any]) -> dict[str, Any]:
    """The caller's own penalties, wherever they arose."""
    return _listed({**asked, "person_id": caller().id})


@blp.get("/v1/penalties/<uuid:penalty_id>")
@allow(*PENALTY_READERS)
@query
@blp.response(200, PenaltySchema)
def get_penalty(penalty_id: UUID) -> Penalty:
    """One penalty."""
    return Penalties(session()).get(penalty_id, unit=principal().unit)


@blp.post("/v1/penalty-ledgers/<month>/postings")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, PostedSchema)
def post_penalties(_asked: dict[str, Any], month: str) -> dict[str, Any]:
    """Post every confirmed penalty of the month at and below the caller's unit."""
    posted = use_cases.post_month(tx(), month, by=caller())
    amounts = [one.amount for one in posted if one.amount is not None]
    return {"month": month, "count": len(posted), "amount": sum(amounts, Decimal("0.00"))}


@blp.get("/v1/penalty-ledgers/<month>")
@allow(*PENALTY_READERS)
@query
@blp.arguments(PageArgs, location="query")
@blp.response(200, LedgerSchema)
def get_penalty_ledger(paging: dict[str, Any], month: str) -> dict[str, Any]:
    """What was posted in a month, by person and rule."""
    use_cases.check_month(month)
    unit = principal().unit
    lines = page(ledger(month, unit=unit), key=LEDGER_KEY, args=paging, session=session())
    return {**lines, "month": month, "total": total(session(), month, unit=unit)}


def _listed(asked: dict[str, Any], *, unit: str | None = None) -> dict[str, Any]:
    paging = {name: asked.pop(name) for name in ("limit", "cursor")}
    found = Penalties(session()).listed(unit=unit, **asked)
    return page(found, key=(penalties.c.id,), args=paging, session=session())
