"""Needs over HTTP: record, acknowledge, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Need
from customer.adapters.needs import Needs
from customer.adapters.tables import needs
from customer.api.access import TALK_READERS, TALKERS
from customer.api.need_schemas import (
    AcknowledgeNeedSchema,
    NeedArgs,
    NeedSchema,
    RecordNeedSchema,
)
from customer.api.versions import shown
from customer.use_cases import needs as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """What customers need."""
    blp = Blueprint("needs", __name__, description="Needs of customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/needs")
    @allow(*TALKERS)
    @command
    @blp.arguments(RecordNeedSchema)
    @blp.response(201, NeedSchema)
    def record_need(asked: dict[str, Any], customer_id: UUID) -> Need:
        """Enter a need and pass it to the departments concerned (CF-47)."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.record_need(tx(), customer, **asked, caller=principal()))

    @blp.post("/v1/needs/<uuid:need_id>/acknowledgements")
    @allow(*TALKERS)
    @command
    @blp.arguments(AcknowledgeNeedSchema)
    @blp.response(200, NeedSchema)
    def acknowledge_need(asked: dict[str, Any], need_id: UUID) -> Need:
        """Say that a department knows."""
        need = tx().needs.get(need_id, unit=principal().unit)
        return shown(use_cases.acknowledge_need(tx(), need, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/needs")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(NeedArgs, location="query")
    @blp.response(200, page_schema(NeedSchema))
    def list_needs(args: dict[str, Any]) -> dict[str, Any]:
        """What the caller's units recorded and what they have to acknowledge."""
        wanted = {name: args[name] for name in ("customer_id", "weight", "dimension")}
        seen = Needs(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[needs.c.id], args=args, session=session())

    @blp.get("/v1/needs/<uuid:need_id>")
    @allow(*TALK_READERS)
    @query
    @blp.response(200, NeedSchema)
    def get_need(need_id: UUID) -> Need:
        """One need."""
        return shown(Needs(session()).get(need_id, unit=principal().unit))
