"""Take in the commands of a device, and carry them out in the order in which they were given
(WO-12).

The queue is locked while that goes on, so that two connections of one device take turns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.command_queues import (
    CommandQueue,
    DeviceRevoked,
    QueueFull,
    TooManyDevices,
)
from dispatch.domain.queued_commands import (
    CommandForgotten,
    CommandReused,
    Outcome,
    QueuedCommand,
    SentCommand,
)
from dispatch.domain.roles import Role
from dispatch.use_cases.command_conflicts import CarryOut, answer, note_command
from shared.rules import RuleBroken

TIDY = "command_queue.tidy"
KEPT = timedelta(days=30)  # What became of a command, and what waits for one that is missing.
MOST_WAITING = 200
MOST_DEVICES = 20


@dataclass(frozen=True)
class Answered:
    """What became of a command that was sent; ``known``: it had come before. Where its id or
    sequence stands for another command, nothing was done, and ``problem`` says so."""

    sent: SentCommand
    command: QueuedCommand | None
    known: bool = False
    problem: RuleBroken | None = None


@dataclass(frozen=True)
class Batch:
    """The answers to what was sent, in its order, and the commands of earlier batches that it has
    released."""

    queue: CommandQueue
    answers: Sequence[Answered]
    released: Sequence[QueuedCommand]


def take_commands(
    tx: DispatchTransaction,
    device_id: UUID,
    sent: Sequence[SentCommand],
    *,
    carry_out: CarryOut,
    caller: Caller,
) -> Batch:
    """Keep what was sent, and carry out what is next, until one is missing.

    Raises NotOnStaff, DeviceOfAnother, DeviceRevoked, TooManyDevices, QueueFull.
    """
    queue = _hold(tx, device_id, caller)
    _forget(tx, queue)
    answers = [_take(tx, queue, one) for one in sent]
    done = _go_on(tx, queue, carry_out, caller)
    if tx.queued_commands.waiting(queue.id) > MOST_WAITING:
        raise QueueFull(f"at most {MOST_WAITING} commands wait for one that is missing")
    queue.last_used_at = tx.now
    tx.set_timer(TIDY, f"command_queue/{queue.id}", tx.now + KEPT, device_id=queue.id)
    now = {one.command.id for one in answers if one.command}
    return Batch(queue, answers, [one for one in done if one.id not in now])


def revoke_device(tx: DispatchTransaction, device_id: UUID, *, caller: Caller) -> CommandQueue:
    """Let nothing that a device sends count any more, as its owner or as who has the staff in his
    charge; what waits is refused. Its conflicts stay.

    Raises NotOnStaff, NotFound, DeviceOfAnother, DeviceRevoked.
    """
    queue, by = tx.command_queues.take(device_id, caller), tx.people.acting(caller).id
    if Role.HR_ADMINISTRATOR not in caller.roles:
        queue.check_owner(by)
    queue.check_in_use()
    queue.revoked_at, queue.revoked_by = tx.now, by
    for command in tx.queued_commands.unanswered(queue.id):
        command.refuse(DeviceRevoked("this device was revoked"), now=tx.now)
    tx.record("device.revoked", f"command_queue/{queue.id}", person_id=queue.person_id)
    return queue


def tidy_queue(tx: DispatchTransaction, device_id: UUID) -> None:
    """Forget what was kept long enough of a device that has not been heard of, and look again."""
    queue = tx.command_queues.known(device_id)
    _forget(tx, queue)
    oldest = tx.queued_commands.oldest(queue.id)
    if oldest is not None:
        tx.set_timer(TIDY, f"command_queue/{queue.id}", oldest + KEPT, device_id=queue.id)


def _hold(tx: DispatchTransaction, device_id: UUID, caller: Caller) -> CommandQueue:
    person = tx.people.acting(caller)
    queue = tx.command_queues.hold(device_id, person_id=person.id, now=tx.now)
    queue.check_owner(person.id)
    queue.check_in_use()
    if tx.command_queues.in_use_by(person.id) > MOST_DEVICES:
        raise TooManyDevices(f"a person has at most {MOST_DEVICES} devices")
    return queue


def _take(tx: DispatchTransaction, queue: CommandQueue, sent: SentCommand) -> Answered:
    """Keep a command that is new. One that came before has its answer already, unless it is another
    one under the same id or sequence."""
    for known in (
        tx.queued_commands.find(sent.command_id),
        tx.queued_commands.at(queue.id, sent.sequence),
    ):
        if known is not None and known.is_of(sent, device_id=queue.id):
            return Answered(sent, known, known=True)
        if known is not None:
            reused = CommandReused("the id or the sequence stands for another command")
            return Answered(sent, None, problem=reused)
    if sent.sequence <= queue.answered:
        forgotten = CommandForgotten("this was answered too long ago to know what was said")
        return Answered(sent, None, problem=forgotten)
    command = QueuedCommand.of(sent, device_id=queue.id, now=tx.now)
    tx.queued_commands.add(command)
    return Answered(sent, command)


def _go_on(
    tx: DispatchTransaction, queue: CommandQueue, carry_out: CarryOut, caller: Caller
) -> Sequence[QueuedCommand]:
    """Answer what waits and is next."""
    done = []
    for command in tx.queued_commands.from_(queue.id, queue.next_sequence):
        if command.sequence != queue.next_sequence:
            break
        answer(tx, command, carry_out=carry_out, caller=caller)
        queue.answered = command.sequence
        done.append(command)
    return done


def _forget(tx: DispatchTransaction, queue: CommandQueue) -> None:
    """What waits, or is in conflict, is not let go of without a word."""
    old = tx.queued_commands.received_by(queue.id, tx.now - KEPT)
    for command in old:
        if command.outcome is Outcome.WAITING:
            tx.record("command.lapsed", f"command_queue/{queue.id}", command_id=command.id)
        elif command.is_unresolved:
            note_command(tx, command, "command_conflict_lapsed")
    if old:
        tx.queued_commands.forget(old)
