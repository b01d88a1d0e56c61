"""What goes over HTTP about the queues of commands of devices: requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from dispatch.api.work_order_schemas import WorkOrderSchema
from dispatch.domain.command_conflicts import FIELD_COMMANDS, Change
from dispatch.domain.queued_commands import Outcome, QueuedCommand, Resolution, SentCommand
from dispatch.domain.work_order_states import Command, State
from dispatch.use_cases.command_queues import Answered
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_COMMANDS = 100
WHOLE = Range(1, 2**31 - 1)


class SentCommandSchema(RequestSchema):
    """One command as it was given on the device. ``sequence`` counts the commands of the device
    from 1 without gaps, ``body`` is that of the command when it is sent by itself, and
    ``seen_version`` the version of the order when the worker saw it last."""

    command_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True, strict=True, validate=WHOLE)
    client_at = AwareTime(required=True)
    order_id = fields.UUID(required=True)
    command = fields.Enum(Command, by_value=True, required=True, validate=OneOf(FIELD_COMMANDS))
    body = fields.Dict(keys=fields.String(), required=True)
    seen_version = fields.Integer(required=True, strict=True, validate=WHOLE)

    @post_load
    def sent(self, data: dict[str, Any], **_: Any) -> SentCommand:
        return SentCommand(**data)


class SendCommandsSchema(RequestSchema):
    """Commands of one device, in any order; what was sent before may be sent again."""

    commands = fields.List(
        fields.Nested(SentCommandSchema), required=True, validate=Length(1, MOST_COMMANDS)
    )


class ResolveConflictSchema(RequestSchema):
    """What becomes of a command that is in conflict. ``seen_version`` goes with ``send_again``: the
    version of the order that the worker has seen by now."""

    command_id = fields.UUID(required=True)
    resolution = fields.Enum(Resolution, by_value=True, required=True)
    seen_version = fields.Integer(load_default=None, allow_none=True, strict=True, validate=WHOLE)


class RevokeDeviceSchema(RequestSchema):
    """Nothing but the command."""


class CommandProblemSchema(Schema):
    """Why a command was not carried out; ``code`` is stable."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)
    errors = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class OrderChangeSchema(Schema):
    """What was done to the order since the worker saw it, by whom, and which version that made."""

    version = fields.Integer(required=True)
    change = fields.Enum(Change, by_value=True, required=True)
    by = fields.String(required=True)
    at = AwareTime(required=True)


class StandingSchema(Schema):
    """How the order stood when the command met it; where it is the worker's no more, only what was
    done to it."""

    state = fields.Enum(State, by_value=True, required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    changes = fields.List(fields.Nested(OrderChangeSchema), required=True)


class QueuedCommandSchema(Schema):
    """A command, and what became of it. ``counted_at`` is the time at which it counts, ``version``
    that of the order after it."""

    command_id = fields.UUID(required=True, attribute="id")
    device_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    order_id = fields.UUID(required=True)
    command = fields.Enum(Command, by_value=True, required=True)
    client_at = AwareTime(required=True)
    received_at = AwareTime(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    counted_at = AwareTime(required=True, allow_none=True)
    problem = fields.Nested(CommandProblemSchema, required=True, allow_none=True)
    standing = fields.Nested(StandingSchema, required=True, allow_none=True)
    resolution = fields.Enum(Resolution, by_value=True, required=True, allow_none=True)


class AnswerSchema(Schema):
    """What became of a command that was sent; ``known``: it had come before, and this is the answer
    that it has. The ``problem`` of one whose id or sequence is taken is ``command_reused``."""

    command_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    order_id = fields.UUID(required=True)
    known = fields.Boolean(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    counted_at = AwareTime(required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    problem = fields.Nested(CommandProblemSchema, required=True, allow_none=True)
    standing = fields.Nested(StandingSchema, required=True, allow_none=True)
    resolution = fields.Enum(Resolution, by_value=True, required=True, allow_none=True)


class BatchSchema(Schema):
    """The answers to what was sent, in the same order, and to what had waited for it;
    ``next_sequence`` is carried out next."""

    device_id = fields.UUID(required=True)
    next_sequence = fields.Integer(required=True)
    answers = fields.List(fields.Nested(AnswerSchema), required=True)
    released = fields.List(fields.Nested(AnswerSchema), required=True)


class DeviceSchema(Schema):
    """A device, whose it is, and how far its queue has come."""

    device_id = fields.UUID(required=True, attribute="id")
    person_id = fields.UUID(required=True)
    first_used_at = AwareTime(required=True)
    last_used_at = AwareTime(required=True)
    next_sequence = fields.Integer(required=True)
    revoked_at = AwareTime(required=True, allow_none=True)
    revoked_by = fields.UUID(required=True, allow_none=True)


class DeviceStateSchema(DeviceSchema):
    """The same, with how many commands wait for one that is missing, and how many conflicts nobody
    has resolved."""

    waiting = fields.Integer(required=True)
    conflicts = fields.Integer(required=True)


class SyncedOrderSchema(WorkOrderSchema):
    """A work order, and the version in which it is seen."""

    version = fields.Integer(required=True)


def answer_to(one: Answered) -> dict[str, Any]:
    """An answer as it is shown. Nothing stands of a command under whose name another one came."""
    sent = one.sent
    told = {"command_id": sent.command_id, "sequence": sent.sequence, "order_id": sent.order_id}
    if one.command is not None:
        return answer_of(one.command) | {"known": one.known}
    nothing = dict.fromkeys(("counted_at", "version", "standing", "resolution"))
    return {**nothing, **told, "known": False, "outcome": Outcome.CONFLICT, "problem": one.problem}


def answer_of(command: QueuedCommand) -> dict[str, Any]:
    """The answer that a command has."""
    applied = command.outcome is Outcome.APPLIED
    return {
        "command_id": command.id,
        "sequence": command.sequence,
        "order_id": command.order_id,
        "known": True,
        "outcome": command.outcome,
        "counted_at": command.counted_at,
        "version": command.order_version if applied else None,
        "problem": command.problem,
        "standing": command.standing,
        "resolution": command.resolution,
    }
