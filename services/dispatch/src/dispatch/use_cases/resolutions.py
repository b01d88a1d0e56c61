"""Resolve, as the worker, what is in conflict: let a command go, or give it again (WO-12)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.queued_commands import QueuedCommand, Resolution, SeenVersionMissing
from dispatch.use_cases.command_conflicts import CarryOut, answer, note_command
from shared.rules import NotFound


def resolve_conflict(
    tx: DispatchTransaction,
    device_id: UUID,
    *,
    command_id: UUID,
    resolution: Resolution,
    seen_version: int | None,
    carry_out: CarryOut,
    caller: Caller,
) -> QueuedCommand:
    """Say what becomes of a command. One that is given again, by a worker who has seen how the
    order stands, counts at its own time, and may meet a conflict anew.

    Raises NotFound, NotOnStaff, DeviceOfAnother, DeviceRevoked, NotInConflict, SeenVersionMissing.
    """
    queue = tx.command_queues.take(device_id, caller)
    queue.check_owner(tx.people.acting(caller).id)
    queue.check_in_use()
    command = tx.queued_commands.find(command_id)
    if command is None or command.device_id != queue.id:
        raise NotFound("There is no such command.")
    command.check_in_conflict()
    if resolution is Resolution.DROP:
        command.drop(now=tx.now)
    else:
        command.seen_version = _seen(seen_version)
        answer(tx, command, carry_out=carry_out, caller=caller)
        command.gave_again(now=tx.now)
    said = {"resolution": resolution, "outcome": command.outcome}
    note_command(tx, command, "command_conflict_resolved", **said)
    return command


def _seen(version: int | None) -> int:
    if version is None:
        raise SeenVersionMissing(
            "say which version of the order you have seen",
            errors={"seen_version": ["is missing"]},
        )
    return version
