"""What the receiver of a work order does, over HTTP."""

from typing import Any
from uuid import UUID

from dispatch.api.access import ORDER_WORKERS
from dispatch.api.execution_schemas import ReportProgressSchema, StartWorkOrderSchema
from dispatch.api.field_acts import (
    ClientTimeArgs,
    accept,
    by_caller,
    complete,
    report_progress,
    start,
)
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import (
    AcceptWorkOrderSchema,
    CompleteWorkOrderSchema,
    WorkOrderSchema,
)
from dispatch.domain.progress import Progress
from dispatch.domain.work_orders import WorkOrder
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx


def blueprint() -> Blueprint:
    """Accept, begin, report and complete. There is no way to refuse (WO-10)."""
    blp = Blueprint("execution", __name__, description="Carrying out work orders")

    @blp.post("/v1/work-orders/<uuid:order_id>/acceptances")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(AcceptWorkOrderSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def accept_order(asked: dict[str, Any], told: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Sign for an order as its receiver."""
        return shown(accept(tx(), order_id, asked, **by_caller(told)))

    @blp.post("/v1/work-orders/<uuid:order_id>/starts")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(StartWorkOrderSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def start_order(asked: dict[str, Any], told: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Be at work, or at work again."""
        return shown(start(tx(), order_id, asked, **by_caller(told)))

    @blp.post("/v1/work-orders/<uuid:order_id>/progress-reports")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReportProgressSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def report_progress_of_order(
        progress: Progress, told: dict[str, Any], order_id: UUID
    ) -> WorkOrder:
        """Tell the dispatch centre how far the work is."""
        return shown(report_progress(tx(), order_id, progress, **by_caller(told)))

    @blp.post("/v1/work-orders/<uuid:order_id>/completions")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CompleteWorkOrderSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def complete_order(asked: dict[str, Any], told: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Hand in remarks and the client's signature."""
        return shown(complete(tx(), order_id, asked, **by_caller(told)))

    return blp
