"""How the dispatcher closes a work order, over HTTP."""

from typing import Any
from uuid import UUID

from dispatch.api.access import ORDER_WORKERS
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import (
    ArchiveWorkOrderSchema,
    CallBackSchema,
    SignWorkOrderSchema,
    WorkOrderSchema,
)
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.closing import archive_work_order, call_back, sign_work_order
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx


def blueprint() -> Blueprint:
    """Call back, sign, archive (WO-15)."""
    blp = Blueprint("closing", __name__, description="Closing work orders")

    @blp.post("/v1/work-orders/<uuid:order_id>/call-backs")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CallBackSchema)
    @blp.response(200, WorkOrderSchema)
    def call_client_back(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Keep what the client said of the work."""
        return shown(call_back(tx(), order_id, **asked, caller=principal()))

    @blp.post("/v1/work-orders/<uuid:order_id>/signatures")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(SignWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def sign_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Sign an order off."""
        signed = asked["signature"]
        return shown(sign_work_order(tx(), order_id, signed=signed, caller=principal()))

    @blp.post("/v1/work-orders/<uuid:order_id>/archives")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ArchiveWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def archive_order(_asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Close an order for good."""
        return shown(archive_work_order(tx(), order_id, caller=principal()))

    return blp
