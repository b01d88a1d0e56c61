"""What the receiver of a work order does, over HTTP."""

from typing import Any
from uuid import UUID

from dispatch.api.access import ORDER_WORKERS
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import (
    AcceptWorkOrderSchema,
    CompleteWorkOrderSchema,
    WorkOrderSchema,
)
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.execution import accept_work_order, complete_work_order
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx


def blueprint() -> Blueprint:
    """Accept and complete. There is no way to refuse (WO-10)."""
    blp = Blueprint("execution", __name__, description="Carrying out work orders")

    @blp.post("/v1/work-orders/<uuid:order_id>/acceptances")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(AcceptWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def accept_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Sign for an order as its receiver."""
        signed = asked["signature"]
        return shown(accept_work_order(tx(), order_id, signed=signed, caller=principal()))

    @blp.post("/v1/work-orders/<uuid:order_id>/completions")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CompleteWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def complete_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Hand in remarks and the client's signature."""
        remarks, client = asked["remarks"], asked["client_signature"]
        return shown(
            complete_work_order(tx(), order_id, remarks=remarks, client=client, caller=principal())
        )

    return blp
