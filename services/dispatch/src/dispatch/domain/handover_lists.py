"""The list of open orders that is handed over: the exact text that two dispatchers sign (WO-17).

It is made from the orders and from the reasons in the book, one line of JSON an order, so that no
text that somebody wrote can look like another field.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain.daily_checks import Entry
from dispatch.domain.signatures import digest_of
from shared.rules import RuleBroken

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


@dataclass(frozen=True, kw_only=True)
class Line:
    """What of the list is about one order: the exact text, as it is signed."""

    work_order_id: UUID
    text: str


class ReasonMissing(RuleBroken):
    """Open orders have no reason and instruction yet; ``work_order_ids`` lists them (WO-17)."""

    code = "reason_missing"


class ListChanged(RuleBroken):
    """The digest that the request names is not that of the list; ``digest`` is."""

    code = "list_changed"


def line_of(order: "WorkOrder", entry: Entry | None) -> Line:
    """What of an order is signed: which it is, all that its people know and do of it, why it is
    open, and what is to be done. That one was reminded of it changes nothing of this."""
    unable = order.unable_report
    said = {
        "order_id": order.id,
        "order_no": order.order_no,
        "state": order.state.value,
        "dispatcher": order.dispatcher_id,
        "receiver": order.receiver_id,
        "receiver_gone": order.receiver_gone,
        "decider": order.decider_id,
        "issued_at": order.issued_at,
        "accepted_at": order.accepted_at,
        "reply_due_at": order.reply_due_at,
        "category": order.category,
        "place": order.place,
        "content": order.content,
        "requirements": order.requirements,
        "progress_reports": len(order.progress_reports),
        "unable_at": unable.at if unable else None,
        "remarks": order.remarks,
        "reason": entry.reason if entry else None,
        "instruction": entry.instruction if entry else None,
    }
    return Line(work_order_id=order.id, text=json.dumps(said, ensure_ascii=False, default=str))


def lines_of(orders: Iterable["WorkOrder"], entries: Mapping[UUID, Entry]) -> tuple[Line, ...]:
    """The list of ``orders`` by their ids, as it is signed."""
    found = sorted(orders, key=lambda order: order.id)
    return tuple(line_of(order, entries.get(order.id)) for order in found)


def check_reasons(orders: Iterable["WorkOrder"], entries: Mapping[UUID, Entry]) -> None:
    """Refuse a list on which a reason is missing. Raises ReasonMissing."""
    known = {order_id for order_id, entry in entries.items() if entry.answered}
    missing = sorted({order.id for order in orders} - known)
    if missing:
        raise ReasonMissing(
            "each open order needs a reason and an instruction",
            work_order_ids=[str(one) for one in missing],
        )


def list_text(lines: Iterable[Line]) -> str:
    """The exact text of the whole list."""
    return "\n".join(line.text for line in lines)


def list_digest(lines: Iterable[Line]) -> str:
    """SHA-256 (hex) of the exact text of the list."""
    return digest_of(list_text(lines))


def differences(before: Iterable[Line], after: Iterable[Line]) -> tuple[UUID, ...]:
    """The orders about which two lists say different things: changed, new or gone."""
    changed = set(before) ^ set(after)
    return tuple(sorted({line.work_order_id for line in changed}))


def check_digest(present: str, wanted: str | None) -> None:
    """Refuse to sign what the signer has not seen; None signs whatever it is. Raises
    ListChanged."""
    if wanted is not None and wanted != present:
        raise ListChanged("the list is not the one that you have seen", digest=present)
