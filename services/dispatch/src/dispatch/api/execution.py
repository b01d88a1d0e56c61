"""What the receiver of a work order does, over HTTP."""

from typing import Any
from uuid import UUID

from dispatch.api.access import ORDER_WORKERS
from dispatch.api.execution_schemas import (
    PHOTOGRAPH,
    ReportProgressSchema,
    SignaturePhotographSchema,
    StartWorkOrderSchema,
)
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
from dispatch.domain.signature_images import SignatureImage
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.proofs import photograph_signature
from shared.file_types import KIB, LARGEST_KIB
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, opened_body
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

    @blp.post("/v1/work-orders/<uuid:order_id>/signature-photographs")
    @allow(*ORDER_WORKERS)
    @body_limit(LARGEST_KIB * KIB)
    @command
    @blp.doc(**PHOTOGRAPH)
    @blp.response(201, SignaturePhotographSchema)
    def add_signature_photograph(order_id: UUID) -> SignatureImage:
        """Photograph the paper that the client signed; the completion refers to it."""
        content = opened_body().read()
        return photograph_signature(tx(), order_id, content=content, caller=principal())

    @blp.post("/v1/work-orders/<uuid:order_id>/completions")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CompleteWorkOrderSchema)
    @blp.arguments(ClientTimeArgs, location="headers")
    @blp.response(200, WorkOrderSchema)
    def complete_order(asked: dict[str, Any], told: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Hand in remarks and the client's signature; what the client signed by the link needs not
        be said again."""
        return shown(complete(tx(), order_id, asked, **by_caller(told)))

    return blp
