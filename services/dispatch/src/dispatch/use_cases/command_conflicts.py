"""Carry a queued command out, unless it does not fit what others did since the worker saw the order
(WO-12)."""

import json
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.command_conflicts import (
    AfterConflict,
    ChangedMeanwhile,
    OrderChange,
    VersionUnknown,
    touching,
)
from dispatch.domain.field_times import Sent
from dispatch.domain.queued_commands import QueuedCommand, Standing
from dispatch.domain.work_order_rules import NotTheReceiver
from dispatch.domain.work_order_states import Command
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.field_times import time_of_work
from shared.rules import NotFound, RuleBroken, WrongState, given


class CarryOut(Protocol):
    """How a command is read and done; the same as when it comes by itself."""

    def __call__(
        self,
        tx: DispatchTransaction,
        command: Command,
        order_id: UUID,
        body: Mapping[str, Any],
        *,
        caller: Caller,
        sent: Sent,
    ) -> WorkOrder: ...


CHANGED = "others changed the order since you saw it"
# What these say of an order that others changed is said of their change.
OF_THE_STATE = (WrongState, NotTheReceiver, NotFound)


def answer(
    tx: DispatchTransaction, command: QueuedCommand, *, carry_out: CarryOut, caller: Caller
) -> None:
    """Carry a command out, or keep why not; what it would have done is undone alone."""
    foreign = tx.order_changes.since(
        command.order_id, seen=command.seen_version, device_id=command.device_id
    )
    try:
        with tx.order_changes.with_device(command.device_id), tx.apart():
            _apply(tx, command, foreign, carry_out, caller)
    except (ChangedMeanwhile, AfterConflict) as found:
        _keep_conflict(tx, command, found, foreign, caller)
    except RuleBroken as broken:
        if isinstance(broken, OF_THE_STATE) and _was_his(foreign, caller):
            _keep_conflict(tx, command, ChangedMeanwhile(CHANGED), foreign, caller)
            return
        command.refuse(broken, now=tx.now)
        if not isinstance(broken, NotFound):
            note_command(tx, command, "command_refused", code=broken.code)


def _apply(
    tx: DispatchTransaction,
    command: QueuedCommand,
    foreign: tuple[OrderChange, ...],
    carry_out: CarryOut,
    caller: Caller,
) -> None:
    order = tx.work_orders.get(command.order_id, caller)
    if command.seen_version > order.version:
        raise VersionUnknown("the order was never in that version")
    if (tx.queued_commands.conflict_before(command) or 0) > command.seen_version:
        raise AfterConflict("an earlier command on this order is in conflict; look at it anew")
    if touching(command.command, foreign):
        raise ChangedMeanwhile(CHANGED)
    sent = Sent(
        received_at=command.received_at,
        client_at=command.client_at,
        after=tx.queued_commands.counted_before(command.device_id, command.sequence),
    )
    at = time_of_work(tx, order, sent)
    body = json.loads(given(command.body, "what was not carried out is kept."))
    carry_out(tx, command.command, command.order_id, body, caller=caller, sent=sent)
    tx.session.flush()
    command.apply(version=order.version, counted_at=at, now=tx.now)


def _keep_conflict(
    tx: DispatchTransaction,
    command: QueuedCommand,
    found: RuleBroken,
    foreign: tuple[OrderChange, ...],
    caller: Caller,
) -> None:
    """What stands is shown as far as the worker may see the order."""
    version = tx.work_orders.known(command.order_id).version
    try:
        order = tx.work_orders.get(command.order_id, caller)
    except NotFound:
        standing = Standing(state=None, version=None, changes=foreign)
    else:
        standing = Standing(state=order.state, version=order.version, changes=foreign)
    command.conflict(found, standing, version=version, now=tx.now)
    note_command(tx, command, "command_in_conflict", code=found.code)


def _was_his(foreign: tuple[OrderChange, ...], caller: Caller) -> bool:
    """Whether the order was the worker's before one of the changes by others, so that he is told of
    them."""
    return any(str(one.receiver_id) == caller.id for one in foreign)


def note_command(tx: DispatchTransaction, command: QueuedCommand, kind: str, **more: Any) -> None:
    """Let the timeline of the order tell what became of a command, with both of its times."""
    tx.note(
        f"work_order/{command.order_id}",
        kind,
        command_id=command.id,
        device_id=command.device_id,
        sequence=command.sequence,
        command=command.command,
        client_at=command.client_at,
        received_at=command.received_at,
        **more,
    )
