"""Penalties and the ledgers of the months over HTTP, for every service that has them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from shared.penalties import Penalty
from shared.penalty_ledger import (
    Manager,
    Penalties,
    check_month,
    confirm,
    post_month,
    waive,
)
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.penalty_schemas import (
    ConfirmPenaltySchema,
    LedgerSchema,
    ListOwnPenaltiesSchema,
    ListPenaltiesSchema,
    PenaltyPageSchema,
    PenaltySchema,
    PostedSchema,
    PostPenaltiesSchema,
    WaivePenaltySchema,
)


def penalty_blueprint(
    kind: type[Penalty],
    *,
    caller: Callable[[], Manager],
    named: Sequence[str],
    readers: Sequence[str],
) -> Blueprint:
    """The routes under ``/v1/penalties`` and ``/v1/penalty-ledgers`` of one service.

    ``kind`` is how the service maps penalties, ``caller`` says who calls. ``named`` are the roles
    that packs could name, ``readers`` those that see the penalties of others.
    """
    blp = Blueprint("penalties", __name__, description="Penalties and their monthly ledgers")
    _decisions(blp, caller, named)
    _lists(blp, kind, caller, named, readers)
    _ledgers(blp, kind, caller, named, readers)
    return blp


def _decisions(blp: Blueprint, caller: Callable[[], Manager], named: Sequence[str]) -> None:
    @blp.post("/v1/penalties/<uuid:penalty_id>/confirmations")
    @allow(*named)
    @command
    @blp.arguments(ConfirmPenaltySchema)
    @blp.response(200, PenaltySchema)
    def confirm_penalty(asked: dict[str, Any], penalty_id: UUID) -> Penalty:
        """Decide what is due."""
        confirmed: Penalty = confirm(tx(), penalty_id, by=caller(), **asked)
        return confirmed

    @blp.post("/v1/penalties/<uuid:penalty_id>/waivers")
    @allow(*named)
    @command
    @blp.arguments(WaivePenaltySchema)
    @blp.response(200, PenaltySchema)
    def waive_penalty(asked: dict[str, Any], penalty_id: UUID) -> Penalty:
        """Decide that nothing is due."""
        waived: Penalty = waive(tx(), penalty_id, by=caller(), **asked)
        return waived


def _lists(
    blp: Blueprint,
    kind: type[Penalty],
    caller: Callable[[], Manager],
    named: Sequence[str],
    readers: Sequence[str],
) -> None:
    def listed(asked: dict[str, Any], *, unit: str | None = None) -> dict[str, Any]:
        paging = {name: asked.pop(name) for name in ("limit", "cursor")}
        kept = Penalties(session(), kind)
        return page(kept.listed(unit=unit, **asked), key=kept.key, args=paging, session=session())

    @blp.get("/v1/penalties")
    @allow(*readers)
    @query
    @blp.arguments(ListPenaltiesSchema, location="query")
    @blp.response(200, PenaltyPageSchema)
    def list_penalties(asked: dict[str, Any]) -> dict[str, Any]:
        """The penalties of the caller's unit and below, as they were proposed."""
        return listed(asked, unit=principal().unit)

    @blp.get("/v1/penalties/mine")
    @allow(*named)
    @query
    @blp.arguments(ListOwnPenaltiesSchema, location="query")
    @blp.response(200, PenaltyPageSchema)
    def list_own_penalties(asked: dict[str, Any]) -> dict[str, Any]:
        """The caller's own penalties, wherever they arose."""
        return listed({**asked, "person_id": caller().id})

    @blp.get("/v1/penalties/<uuid:penalty_id>")
    @allow(*readers)
    @query
    @blp.response(200, PenaltySchema)
    def get_penalty(penalty_id: UUID) -> Penalty:
        """One penalty."""
        return Penalties(session(), kind).get(penalty_id, unit=principal().unit)


def _ledgers(
    blp: Blueprint,
    kind: type[Penalty],
    caller: Callable[[], Manager],
    named: Sequence[str],
    readers: Sequence[str],
) -> None:
    @blp.post("/v1/penalty-ledgers/<month>/postings")
    @allow(*named)
    @command
    @blp.arguments(PostPenaltiesSchema)
    @blp.response(200, PostedSchema)
    def post_penalties(_asked: dict[str, Any], month: str) -> dict[str, Any]:
        """Post every confirmed penalty of the month at and below the caller's unit."""
        posted = post_month(tx(), month, by=caller())
        amounts = [one.amount for one in posted if one.amount is not None]
        return {"month": month, "count": len(posted), "amount": sum(amounts, Decimal("0.00"))}

    @blp.get("/v1/penalty-ledgers/<month>")
    @allow(*readers)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, LedgerSchema)
    def get_penalty_ledger(paging: dict[str, Any], month: str) -> dict[str, Any]:
        """What was posted in a month, by person and rule."""
        check_month(month)
        unit, kept = principal().unit, Penalties(session(), kind)
        lines = page(
            kept.ledger(month, unit=unit), key=kept.ledger_key, args=paging, session=session()
        )
        return {**lines, "month": month, "total": kept.total(month, unit=unit)}
