"""At what time something counts that was done where no network reaches (WO-08, WO-12, WO-13).

The regulation counts the report that is made in the field, so the time of the device counts where
it is plausible; else that of the server.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dispatch.domain.deadlines import is_breach
from dispatch.domain.progress import reported_in_time
from shared.rules import Ruling

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


@dataclass(frozen=True, kw_only=True)
class OfflineRule:
    """For how many hours before its receipt the time of a device is believed; 0: never."""

    trust_hours: int


@dataclass(frozen=True, kw_only=True)
class Sent:
    """When a command was made by the clock of a device, None where that was not told, and when the
    server received it. ``after`` is the time at which the command counts that the same device made
    before it."""

    received_at: datetime
    client_at: datetime | None = None
    after: datetime | None = None


def counted_at(order: "WorkOrder", sent: Sent, rule: Ruling[OfflineRule] | None) -> datetime:
    """The time of the device, unless it lies after the receipt, before the order was the receiver's
    or before what he did with it earlier, before the device's own earlier commands, or further back
    than the rule believes; then that of the server, which goes back behind none of these either."""
    known = [one for one in (*_marks(order), sent.after) if one is not None]
    if rule is not None and sent.client_at is not None:
        back = timedelta(hours=rule.value.trust_hours)
        if max([*known, sent.received_at - back]) <= sent.client_at <= sent.received_at:
            return sent.client_at
    return max([*known, sent.received_at])


def is_excused(order: "WorkOrder") -> bool:
    """Whether the reply was made by its deadline after all: the work done, its progress reported,
    or the order laid before a superior (WO-10, WO-12, WO-13)."""
    done = order.completed_at is not None and order.completed_at <= order.reply_due_at
    return done or reported_in_time(order) or not is_breach(order)


def _marks(order: "WorkOrder") -> tuple[datetime | None, ...]:
    """When the order was given out, accepted, and reported on."""
    reports = [one.at for one in order.progress_reports[-1:]]
    accepted = order.acceptance and order.acceptance.at
    unable = order.unable_report
    told = (unable.at, unable.decided_at) if unable else ()
    return (order.issued_at, accepted, *told, *reports)
