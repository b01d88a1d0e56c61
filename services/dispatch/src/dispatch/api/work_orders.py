"""Work orders over HTTP: draft, revise, issue, reassign, list, show, timeline."""

from typing import Any
from uuid import UUID

from dispatch.adapters.work_orders import WorkOrders, work_orders
from dispatch.adapters.work_queue import QUEUE
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.api.handovers import point_at_handover
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import (
    DraftWorkOrderSchema,
    IssueWorkOrderSchema,
    Order,
    ReassignWorkOrderSchema,
    ReviseWorkOrderSchema,
    WorkOrderArgs,
    WorkOrderSchema,
)
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.work_orders import (
    draft_work_order,
    issue_work_order,
    reassign_work_order,
    revise_work_order,
)
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ORDERS = {Order.OPENED: (work_orders.c.id,), Order.QUEUE: QUEUE}


def blueprint() -> Blueprint:
    """Work orders until somebody has them, and what one can see of them."""
    blp = Blueprint("work_orders", __name__, description="Work orders")
    _commands(blp)
    _reassignment(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/work-orders")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(DraftWorkOrderSchema)
    @blp.response(201, WorkOrderSchema)
    def draft_order(asked: dict[str, Any]) -> WorkOrder:
        """Begin an order."""
        return shown(draft_work_order(tx(), **asked, caller=principal()))

    @blp.patch("/v1/work-orders/<uuid:order_id>")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReviseWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def revise_order(fresh: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Fill in or correct a draft, name its receiver."""
        order = tx().work_orders.get(order_id, principal())
        check_version(order.version)
        return shown(revise_work_order(tx(), order, fresh=fresh, caller=principal()))

    @blp.post("/v1/work-orders/<uuid:order_id>/issues")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(IssueWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def issue_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Give a complete order to its receiver; it gets its number."""
        return shown(issue_work_order(tx(), order_id, **asked, caller=principal()))


def _reassignment(blp: Blueprint) -> None:
    @blp.post("/v1/work-orders/<uuid:order_id>/reassignments")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReassignWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def reassign_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Give an order whose receiver is gone to another, who accepts it anew."""
        return shown(reassign_work_order(tx(), order_id, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/work-orders")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(WorkOrderArgs, location="query")
    @blp.response(200, page_schema(WorkOrderSchema))
    def list_orders(args: dict[str, Any]) -> dict[str, Any]:
        """The orders of the caller's units, and those given to or by the caller, in the order
        wanted. With the queue, `Handover-Waiting` is the path of a hand-over that the caller is to
        sign first."""
        if args["order"] is Order.QUEUE:
            point_at_handover()
        chosen = WorkOrders(session()).chosen(
            principal(),
            state=args["state"],
            complaint_id=args["complaint_id"],
            to_me=args["receiver"] is not None,
            by_me=args["dispatcher"] is not None,
            still_open=args["order"] is Order.QUEUE,
        )
        return page(chosen, key=ORDERS[args["order"]], args=args, session=session())

    @blp.get("/v1/work-orders/<uuid:order_id>")
    @allow(*ORDER_READERS)
    @query
    @blp.response(200, WorkOrderSchema)
    def get_order(order_id: UUID) -> WorkOrder:
        """One order."""
        return shown(WorkOrders(session()).get(order_id, principal()))

    @blp.get("/v1/work-orders/<uuid:order_id>/timeline")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_order_timeline(args: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """All that happened to an order."""
        order = WorkOrders(session()).get(order_id, principal())
        return timeline_page(session(), f"work_order/{order.id}", args)
