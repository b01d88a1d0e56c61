"""What dispatch tells of the work orders for customers."""

from typing import Any

from marshmallow import fields

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.domain.work_orders import State
from customer.use_cases.issues import finish_order, link_order, release_order
from customer.use_cases.work_orders import follow_work_order, keep_work_order
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class WorkOrderReading(Reading):
    """Of which order an event tells."""

    work_order_id = fields.UUID(required=True)


class OpenedSchema(WorkOrderReading):
    """What is told of an order that is opened or given away."""

    org_unit = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    complaint_id = fields.UUID(required=True, allow_none=True)
    reply_due_at = fields.AwareDateTime(required=True)
    worker_id = fields.UUID(required=True, data_key="dispatcher_id")


class DraftedSchema(OpenedSchema):
    """``dispatch.work_order_opened.v1``."""

    request_id = fields.UUID(required=True, allow_none=True)


class IssuedSchema(OpenedSchema):
    """``dispatch.work_order_issued.v1``."""

    order_no = fields.String(required=True)
    worker_id = fields.UUID(required=True, data_key="receiver_id")


class CalledBackSchema(WorkOrderReading):
    """``dispatch.work_order_called_back.v1``."""

    satisfied = fields.Boolean(required=True)


def on_opened(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    request_id = data.pop("request_id")
    if request_id is not None:
        link_order(tx, request_id=request_id, work_order_id=data["work_order_id"])
    keep_work_order(tx, event, state=State.DRAFT, **data)


def on_issued(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    keep_work_order(tx, event, state=State.ISSUED, **data)


def on_accepted(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    follow_work_order(tx, event, state=State.ACCEPTED, **data)


def on_completed(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    finish_order(tx, **data)
    follow_work_order(tx, event, state=State.COMPLETED, **data)


def on_called_back(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    follow_work_order(tx, event, state=State.CALLED_BACK, **data)


def on_archived(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    follow_work_order(tx, event, state=State.ARCHIVED, **data)


def on_cancelled(tx: CustomerTransaction, event: Received, data: dict[str, Any]) -> None:
    release_order(tx, **data)
    follow_work_order(tx, event, state=State.CANCELLED, **data)


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.work_order_opened.v1": Subscription(reads=DraftedSchema(), handler=on_opened),
    "dispatch.work_order_issued.v1": Subscription(reads=IssuedSchema(), handler=on_issued),
    "dispatch.work_order_accepted.v1": Subscription(reads=WorkOrderReading(), handler=on_accepted),
    "dispatch.work_order_completed.v1": Subscription(
        reads=WorkOrderReading(), handler=on_completed
    ),
    "dispatch.work_order_called_back.v1": Subscription(
        reads=CalledBackSchema(), handler=on_called_back
    ),
    "dispatch.work_order_archived.v1": Subscription(reads=WorkOrderReading(), handler=on_archived),
    "dispatch.work_order_cancelled.v1": Subscription(
        reads=WorkOrderReading(), handler=on_cancelled
    ),
}
