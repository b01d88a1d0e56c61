"""A phone that gives commands in a dead spot and sends them whenever it can."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.api.field_acts import carry_out
from dispatch.domain.queued_commands import Resolution, SentCommand
from dispatch.domain.work_order_states import Command
from dispatch.use_cases.command_queues import Answered, Batch, take_commands
from dispatch.use_cases.resolutions import resolve_conflict

from .company import FRIDAY, WORKER, Asker
from .office import Office

EXPECTED = "2026-02-20T09:00:00+08:00"
BODIES: dict[Command, dict[str, Any]] = {
    Command.ACCEPT: {"signature": {"name": "Zhang San"}},
    Command.START: {},
    Command.REPORT_PROGRESS: {"text": "Half is done", "percent": 50, "expected_at": EXPECTED},
    Command.REPORT_UNABLE: {"reason": "It needs a lift"},
    Command.COMPLETE: {"remarks": "Done", "client_signature": {"name": "Wang"}},
}


class Phone:
    """The device of somebody who has seen the office's order as it is when he gives commands."""

    def __init__(self, office: Office, by: Asker = WORKER, *, number: int = 900) -> None:
        self.office, self.by, self.device_id = office, by, UUID(int=number)
        self.sequence = 0

    def give(
        self,
        command: Command,
        *,
        at: datetime = FRIDAY,
        seen: int | None = None,
        order_id: UUID | None = None,
        **how: Any,
    ) -> SentCommand:
        """The next command of the queue."""
        self.sequence += 1
        return SentCommand(
            command_id=how.pop("command_id", UUID(int=self.device_id.int * 1000 + self.sequence)),
            sequence=how.pop("sequence", self.sequence),
            client_at=at,
            order_id=order_id or self.office.order_id,
            command=command,
            body=how.pop("body", BODIES[command]),
            seen_version=self.office.found().version if seen is None else seen,
        )

    def send_all(self, sent: Sequence[SentCommand]) -> Batch:
        """One batch, and all that came of it."""
        with self.office.open(self.by) as tx:
            return take_commands(tx, self.device_id, sent, carry_out=carry_out, caller=self.by)

    def send(self, *sent: SentCommand) -> list[str]:
        """One batch; what became of each command, by outcome, or by the code of its problem."""
        return [said(one) for one in self.send_all(sent).answers]

    def resolve(self, sent: SentCommand, resolution: Resolution, seen: int | None = None) -> Any:
        with self.office.open(self.by) as tx:
            return resolve_conflict(
                tx,
                self.device_id,
                command_id=sent.command_id,
                resolution=resolution,
                seen_version=seen,
                carry_out=carry_out,
                caller=self.by,
            )


def said(answer: Answered) -> str:
    """What became of a command: its outcome, or the code of its problem."""
    if answer.command is None:
        return str(answer.problem and answer.problem.code)
    problem = answer.command.problem
    return str(problem["code"] if problem else answer.command.outcome.value)
