"""Commands that were given in a dead spot, over HTTP: sent, looked at, resolved (WO-12)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.command_queues import CommandQueues, command_queues
from dispatch.adapters.queued_commands import QueuedCommands, queued_commands
from dispatch.adapters.work_orders import WorkOrders, work_orders
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.api.command_queue_schemas import (
    BatchSchema,
    DeviceSchema,
    DeviceStateSchema,
    QueuedCommandSchema,
    ResolveConflictSchema,
    RevokeDeviceSchema,
    SendCommandsSchema,
    SyncedOrderSchema,
    answer_of,
    answer_to,
)
from dispatch.api.field_acts import carry_out
from dispatch.domain.command_queues import CommandQueue
from dispatch.domain.queued_commands import QueuedCommand
from dispatch.use_cases.command_queues import revoke_device, take_commands
from dispatch.use_cases.resolutions import resolve_conflict
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Send commands and resolve their conflicts, look at devices and revoke them."""
    blp = Blueprint("command_queues", __name__, description="Commands given in dead spots")
    _commands(blp)
    _devices(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/command-queues/<uuid:device_id>/commands")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(SendCommandsSchema)
    @blp.response(200, BatchSchema)
    def send_commands(asked: dict[str, Any], device_id: UUID) -> dict[str, Any]:
        """Send commands of a device; each gets an answer, and none is carried out twice."""
        batch = take_commands(
            tx(), device_id, asked["commands"], carry_out=carry_out, caller=principal()
        )
        return {
            "device_id": device_id,
            "next_sequence": batch.queue.next_sequence,
            "answers": [answer_to(one) for one in batch.answers],
            "released": [answer_of(one) for one in batch.released],
        }

    @blp.post("/v1/command-queues/<uuid:device_id>/resolutions")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ResolveConflictSchema)
    @blp.response(200, QueuedCommandSchema)
    def resolve_command_conflict(asked: dict[str, Any], device_id: UUID) -> QueuedCommand:
        """Let a command go that is in conflict, or give it again."""
        return resolve_conflict(tx(), device_id, **asked, carry_out=carry_out, caller=principal())


def _devices(blp: Blueprint) -> None:
    @blp.post("/v1/command-queues/<uuid:device_id>/revocations")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(RevokeDeviceSchema)
    @blp.response(200, DeviceSchema)
    def revoke_lost_device(_asked: dict[str, Any], device_id: UUID) -> CommandQueue:
        """Let nothing that a lost device sends count any more."""
        return revoke_device(tx(), device_id, caller=principal())

    @blp.get("/v1/command-queues")
    @allow(*ORDER_WORKERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(DeviceSchema))
    def list_devices(args: dict[str, Any]) -> dict[str, Any]:
        """The caller's devices, and those of people who hold a post in his units."""
        seen = CommandQueues(session()).seen(principal())
        return page(seen, key=(command_queues.c.id,), args=args, session=session())

    @blp.get("/v1/command-queues/<uuid:device_id>")
    @allow(*ORDER_WORKERS)
    @query
    @blp.response(200, DeviceStateSchema)
    def get_device(device_id: UUID) -> dict[str, Any]:
        """One device, and how far its queue has come."""
        queue, kept = _queue(device_id), QueuedCommands(session())
        known = {name: getattr(queue, name) for name in (*command_queues.c.keys(), "next_sequence")}
        waiting, conflicts = kept.waiting(queue.id), kept.in_conflict(queue.id)
        return {**known, "waiting": waiting, "conflicts": conflicts}


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/command-queues/<uuid:device_id>/conflicts")
    @allow(*ORDER_WORKERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(QueuedCommandSchema))
    def list_device_conflicts(args: dict[str, Any], device_id: UUID) -> dict[str, Any]:
        """The conflicts of a device that nobody has resolved."""
        found = QueuedCommands(session()).conflicts(device_id=_queue(device_id).id)
        key = (queued_commands.c.sequence,)
        return page(found, key=key, args=args, session=session())

    @blp.get("/v1/command-queues/<uuid:device_id>/sync")
    @allow(*ORDER_WORKERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(SyncedOrderSchema))
    def sync_device(args: dict[str, Any], device_id: UUID) -> dict[str, Any]:
        """The caller's orders that have not ended, with the versions in which he sees them."""
        known = CommandQueues(session()).find(device_id)
        if known is not None:
            known.check_in_use()
        mine = WorkOrders(session()).chosen(principal(), to_me=True, still_open=True)
        return page(mine, key=(work_orders.c.id,), args=args, session=session())

    @blp.get("/v1/work-orders/<uuid:order_id>/command-conflicts")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(QueuedCommandSchema))
    def list_order_conflicts(args: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """The commands on an order that are in conflict with what others did."""
        order = WorkOrders(session()).get(order_id, principal())
        found = QueuedCommands(session()).conflicts(order_id=order.id)
        return page(found, key=(queued_commands.c.id,), args=args, session=session())


def _queue(device_id: UUID) -> CommandQueue:
    return CommandQueues(session()).get(device_id, principal())
