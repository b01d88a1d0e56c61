"""An order that its receiver cannot carry out, over HTTP (WO-10)."""

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, validates_schema

from dispatch.api import field_acts
from dispatch.api.access import ORDER_WORKERS
from dispatch.api.execution_schemas import ReportUnableSchema
from dispatch.api.field_acts import ClientTimeArgs, by_caller
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import REASON, WorkOrderSchema
from dispatch.domain.unable import Decision
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.unable import decide_on_unable
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema


class DecideOnUnableSchema(RequestSchema):
    """What the superior decides and why; ``receiver_id`` goes with ``reassign`` alone."""

    decision = fields.Enum(Decision, by_value=True, required=True)
    reason = fields.String(required=True, validate=REASON)
    receiver_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def receiver(self, data: dict[str, Any], **_: Any) -> None:
        if (data["decision"] is Decision.REASSIGN) != (data["receiver_id"] is not None):
            raise ValidationError("Goes with reassign, and with it alone.", "receiver_id")


def blueprint() -> Blueprint:
    """Report that one is unable, and decide on it."""
    blp = Blueprint("unable", __name__, description="Orders that cannot be carried out")

    @blp.post("/v1/work-orders/<uuid:order_id>/unable-reports")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReportUnableSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def report_unable(asked: dict[str, Any], told: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Report as the receiver that one cannot carry an order out; a superior decides."""
        return shown(field_acts.report_unable(tx(), order_id, asked, **by_caller(told)))

    @blp.post("/v1/work-orders/<uuid:order_id>/decisions")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(DecideOnUnableSchema)
    @blp.response(200, WorkOrderSchema)
    def decide_on_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Reassign, insist, cancel, or refer the decision to one's own superior."""
        return shown(decide_on_unable(tx(), order_id, **asked, caller=principal()))

    return blp
