"""Whether a command that was given in a dead spot still fits the order as it stands (WO-12).

No command overwrites what others did since the worker saw the order. What they did is told by the
kinds of change below; which of them touch what a command is about stands in one table. What the
table lets through the state machine may still refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.unable import UnableReport
from dispatch.domain.work_order_states import Command, State
from shared.rules import Invalid, RuleBroken


class Change(StrEnum):
    """What may have happened to an order that was given out."""

    GIVEN_ANEW = "given_anew"
    HANDED_ON = "handed_on"
    REVISED = "revised"
    ACCEPTED = "accepted"
    STARTED = "started"
    PROGRESS_REPORTED = "progress_reported"
    UNABLE_REPORTED = "unable_reported"
    REFERRED = "referred"
    DECIDED = "decided"
    CANCELLED = "cancelled"
    CLIENT_SIGNED = "client_signed"
    COMPLETED = "completed"
    CLOSED = "closed"
    ALTERED = "altered"


# What a receiver does in the field.
FIELD_COMMANDS = (
    Command.ACCEPT,
    Command.START,
    Command.REPORT_PROGRESS,
    Command.REPORT_UNABLE,
    Command.COMPLETE,
)
# After these every command of the worker is about an order that is no longer what he saw. ALTERED
# is whatever has no kind of its own.
ALWAYS = frozenset(
    {Change.GIVEN_ANEW, Change.CANCELLED, Change.COMPLETED, Change.CLOSED, Change.ALTERED}
)
# What is signed names the job, so that a job that was revised is signed anew. Who reported from
# another device said how things are; an older word does not replace it. On what a superior has
# decided already he is not asked again by somebody who has not read it. That the work is done stays
# true whatever else was said of it meanwhile; but what the client has signed is not signed over.
TOUCHED: Mapping[Command, frozenset[Change]] = {
    Command.ACCEPT: ALWAYS | {Change.REVISED, Change.ACCEPTED},
    Command.START: ALWAYS,
    Command.REPORT_PROGRESS: ALWAYS | {Change.PROGRESS_REPORTED, Change.UNABLE_REPORTED},
    Command.REPORT_UNABLE: ALWAYS
    | {Change.PROGRESS_REPORTED, Change.UNABLE_REPORTED, Change.REFERRED, Change.DECIDED}
    | {Change.CLIENT_SIGNED},
    Command.COMPLETE: ALWAYS | {Change.REVISED, Change.CLIENT_SIGNED},
}
# Of what each attribute of an order tells that it was changed; None: of nothing that somebody did.
KINDS: Mapping[str, Change | None] = {
    "receiver_id": Change.GIVEN_ANEW,
    "issued_at": Change.GIVEN_ANEW,
    "dispatcher_id": Change.HANDED_ON,
    "category": Change.REVISED,
    "place": Change.REVISED,
    "content": Change.REVISED,
    "requirements": Change.REVISED,
    "reply_due_at": Change.REVISED,
    "progress_reports": Change.PROGRESS_REPORTED,
    "decider_id": Change.REFERRED,
    "remarks": Change.CLIENT_SIGNED,
    "client_signature": Change.CLIENT_SIGNED,
    "completed_at": Change.COMPLETED,
    "cancelled_by": Change.CANCELLED,
    "cancelled_at": Change.CANCELLED,
    "call_back_made": Change.CLOSED,
    "dispatcher_signature": Change.CLOSED,
    "signed_by": Change.CLOSED,
    "archived_by": Change.CLOSED,
    "archived_at": Change.CLOSED,
    "state": None,
    "receiver_gone": None,
    "awaited": None,
    "next_due_at": None,
    "warn_at": None,
    "overdue_at": None,
    "version": None,
}


@dataclass(frozen=True, kw_only=True)
class OrderChange:
    """One change: the version of the order that it made, who made it and when, with which device
    where it was a queued command, and whose the order was before."""

    version: int
    change: Change
    by: str
    at: datetime
    device_id: UUID | None
    receiver_id: UUID | None


class ChangedMeanwhile(RuleBroken):
    """Others did something with the order since the worker saw it."""

    code = "changed_meanwhile"


class AfterConflict(RuleBroken):
    """An earlier command of the same queue on the same order is in conflict, and the worker has not
    seen the order since."""

    code = "after_conflict"


class VersionUnknown(Invalid):
    """The order never was in the version that the worker says he saw."""

    code = "version_unknown"


def kinds_of(changed: Mapping[str, tuple[Any, Any]]) -> frozenset[Change]:
    """What was done, from the attributes of an order that changed, each from and to what."""
    found = {_kind(name, *values) for name, values in changed.items()}
    return frozenset(one for one in found if one is not None)


def touching(command: Command, changes: Iterable[OrderChange]) -> tuple[OrderChange, ...]:
    """Those of the changes by others that touch what a command is about."""
    return tuple(one for one in changes if one.change in TOUCHED[command])


def _kind(name: str, before: Any, after: Any) -> Change | None:
    match name, before, after:
        case "state", State.UNABLE_REPORTED, _:
            return None  # The decision tells more of it.
        case "state", _, State.IN_PROGRESS:
            return Change.STARTED
        case "acceptance" | "accepted_at", _, None:
            return None  # The order was given anew.
        case "acceptance" | "accepted_at", _, _:
            return Change.ACCEPTED
        case "unable_report", _, UnableReport(decision=None):
            return Change.UNABLE_REPORTED
        case "unable_report", _, _:
            return Change.DECIDED
    return KINDS.get(name, Change.ALTERED)
