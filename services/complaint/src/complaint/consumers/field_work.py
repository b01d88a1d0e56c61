"""What dispatch tells of the work orders that cases asked for (E-19, E-20)."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.use_cases import field_work
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class WorkOrderSchema(Reading):
    """What every event of a work order says; ``complaint_id`` is the case that asked
    for it, null where none did."""

    work_order_id = fields.UUID(required=True)
    complaint_id = fields.UUID(required=True, allow_none=True)


class WorkOrderOpenedSchema(WorkOrderSchema):
    """``dispatch.work_order_opened.v1``"""

    request_id = fields.UUID(required=True, allow_none=True)


class WorkOrderIssuedSchema(WorkOrderSchema):
    """``dispatch.work_order_issued.v1``"""

    order_no = fields.String(required=True)


class WorkOrderProgressSchema(WorkOrderSchema):
    """``dispatch.work_order_progress_reported.v1``"""

    expected_at = fields.AwareDateTime(required=True)


class WorkOrderCalledBackSchema(WorkOrderSchema):
    """``dispatch.work_order_called_back.v1``"""

    satisfied = fields.Boolean(required=True)


def on_work_order_opened(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    if data["complaint_id"]:
        field_work.link_work_order(tx, data.pop("complaint_id"), **data)


def on_work_order_issued(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    if data["complaint_id"]:
        field_work.note_issued(tx, data.pop("complaint_id"), **data)


def on_work_order_progress_reported(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.note_progress(tx, data.pop("complaint_id"), **data)


def on_work_order_cancelled(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.cancel_field_work(tx, data.pop("complaint_id"), **data)


def on_work_order_completed(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.note_completed(tx, data.pop("complaint_id"), **data)


def on_work_order_called_back(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.finish_field_work(tx, data.pop("complaint_id"), **data)


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.work_order_opened.v1": Subscription(WorkOrderOpenedSchema(), on_work_order_opened),
    "dispatch.work_order_issued.v1": Subscription(WorkOrderIssuedSchema(), on_work_order_issued),
    "dispatch.work_order_progress_reported.v1": Subscription(
        WorkOrderProgressSchema(), on_work_order_progress_reported
    ),
    "dispatch.work_order_cancelled.v1": Subscription(WorkOrderSchema(), on_work_order_cancelled),
    "dispatch.work_order_completed.v1": Subscription(WorkOrderSchema(), on_work_order_completed),
    "dispatch.work_order_called_back.v1": Subscription(
        WorkOrderCalledBackSchema(), on_work_order_called_back
    ),
}
