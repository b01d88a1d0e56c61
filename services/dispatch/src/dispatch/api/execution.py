"""What the receiver of a work order does, over HTTP."""

from typing import Any
from uuid import UUID

from dispatch.api.access import ORDER_WORKERS
from dispatch.api.execution_schemas import ReportProgressSchema, StartWorkOrderSchema
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import (
    AcceptWorkOrderSchema,
    CompleteWorkOrderSchema,
    WorkOrderSchema,
)
from dispatch.domain.progress import Progress
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.execution import (
    accept_work_order,
    complete_work_order,
    report_order_progress,
    start_work_order,
)
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx


def blueprint() -> Blueprint:
    """Accept, begin, report and complete. There is no way to refuse (WO-10)."""
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

    @blp.post("/v1/work-orders/<uuid:order_id>/starts")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(StartWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def start_order(_asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Be at work, or at work again."""
        return shown(start_work_order(tx(), order_id, caller=principal()))

    @blp.post("/v1/work-orders/<uuid:order_id>/progress-reports")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReportProgressSchema)
    @blp.response(200, WorkOrderSchema)
    def report_progress_of_order(progress: Progress, order_id: UUID) -> WorkOrder:
        """Tell the dispatch centre how far the work is."""
        caller = principal()
        return shown(report_order_progress(tx(), order_id, progress=progress, caller=caller))

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
