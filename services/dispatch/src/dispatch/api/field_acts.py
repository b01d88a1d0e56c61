"""What a receiver does in the field, over HTTP: for each command how it is read, and what it does.

There is one schema and one use case for a command, whether it comes by itself or in the queue of a
device.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, ValidationError

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.execution_schemas import (
    ReportProgressSchema,
    ReportUnableSchema,
    StartWorkOrderSchema,
)
from dispatch.api.work_order_schemas import AcceptWorkOrderSchema, CompleteWorkOrderSchema
from dispatch.domain.callers import Caller
from dispatch.domain.field_times import Sent
from dispatch.domain.work_order_states import Command
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.execution import (
    accept_work_order,
    complete_work_order,
    report_order_progress,
    start_work_order,
)
from dispatch.use_cases.unable import report_order_unable
from shared.rules import Invalid
from shared.web.auth import principal
from shared.web.commands import tx
from shared.web.schemas import AwareTime, RequestSchema


class BodyInvalid(Invalid):
    """What was sent with a command of a queue is not what the command takes."""

    code = "body_invalid"


class ClientTimeArgs(Schema):
    """When the command was given by the clock of the device, where that was in a dead spot."""

    class Meta:
        unknown = EXCLUDE

    client_at = AwareTime(
        data_key="Client-At",
        load_default=None,
        metadata={"description": "By the clock of the device; without it the server's counts."},
    )


@dataclass(frozen=True)
class FieldAct:
    """One command: the schema of its body, and what it does with an order."""

    reads: type[RequestSchema]
    does: Callable[..., WorkOrder]


def accept(tx: DispatchTransaction, order_id: UUID, asked: Any, **by: Any) -> WorkOrder:
    """Sign for an order."""
    return accept_work_order(tx, order_id, signed=asked["signature"], **by)


def start(tx: DispatchTransaction, order_id: UUID, _asked: Any, **by: Any) -> WorkOrder:
    """Be at work."""
    return start_work_order(tx, order_id, **by)


def report_progress(tx: DispatchTransaction, order_id: UUID, asked: Any, **by: Any) -> WorkOrder:
    """Tell how far the work is."""
    return report_order_progress(tx, order_id, progress=asked, **by)


def report_unable(tx: DispatchTransaction, order_id: UUID, asked: Any, **by: Any) -> WorkOrder:
    """Say that one cannot carry the order out."""
    return report_order_unable(tx, order_id, **asked, **by)


def complete(tx: DispatchTransaction, order_id: UUID, asked: Any, **by: Any) -> WorkOrder:
    """Hand in remarks and the client's signature."""
    remarks, client = asked["remarks"], asked["client_signature"]
    return complete_work_order(tx, order_id, remarks=remarks, client=client, **by)


FIELD_ACTS: Mapping[Command, FieldAct] = {
    Command.ACCEPT: FieldAct(AcceptWorkOrderSchema, accept),
    Command.START: FieldAct(StartWorkOrderSchema, start),
    Command.REPORT_PROGRESS: FieldAct(ReportProgressSchema, report_progress),
    Command.REPORT_UNABLE: FieldAct(ReportUnableSchema, report_unable),
    Command.COMPLETE: FieldAct(CompleteWorkOrderSchema, complete),
}


def by_caller(told: Mapping[str, Any]) -> dict[str, Any]:
    """Who gives the command of the running request, and when."""
    sent = Sent(received_at=tx().now, client_at=told["client_at"])
    return {"caller": principal(), "sent": sent}


def carry_out(
    tx: DispatchTransaction,
    command: Command,
    order_id: UUID,
    body: Mapping[str, Any],
    *,
    caller: Caller,
    sent: Sent,
) -> WorkOrder:
    """Do what a command of a queue says. Raises BodyInvalid, and as its use case does."""
    act = FIELD_ACTS[command]
    try:
        asked = act.reads().load(body)
    except ValidationError as refused:
        raise BodyInvalid(
            "the command does not take this body", errors=refused.messages_dict
        ) from None
    return act.does(tx, order_id, asked, caller=caller, sent=sent)
