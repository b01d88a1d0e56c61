"""Let the reply deadline of a draft follow from its category where it names none (WO-25)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.response_times import ReplyDueMissing, ResponseRule
from dispatch.domain.work_orders import WorkOrder
from shared.policy import PolicyMissing
from shared.rules import Ruling


def due_by_category(
    tx: DispatchTransaction, fields: Mapping[str, Any], *, unit: str, start: datetime
) -> dict[str, Any]:
    """The reply deadline of an order with those fields, and the clause that gives it: none where
    they name a time. Raises ReplyDueMissing, UnitUnknown."""
    if fields.get("reply_due_at"):
        return {"reply_due_at": fields["reply_due_at"], "reply_due_because": None}
    rule = _rule(tx, fields.get("category"), unit)
    if rule is None:
        raise ReplyDueMissing(
            "the order names no time for the reply, and its category has none",
            errors={"reply_due_at": ["is missing"]},
        )
    due_at = rule.value.due_at(start, tx.calendar(unit))
    return {"reply_due_at": due_at, "reply_due_because": rule.because}


def due_of_revised(
    tx: DispatchTransaction, order: WorkOrder, fresh: Mapping[str, Any]
) -> dict[str, Any]:
    """What becomes of the reply deadline of a draft: nothing, unless a time is named or it follows
    from a category that changes. Raises ReplyDueMissing, UnitUnknown."""
    follows = order.reply_due_because is not None and "category" in fresh
    if "reply_due_at" not in fresh and not follows:
        return {}
    return due_by_category(tx, fresh, unit=order.org_unit, start=order.opened_at)


def _rule(tx: DispatchTransaction, category: str | None, unit: str) -> Ruling[ResponseRule] | None:
    if category is None:
        return None
    try:
        return tx.ruling("response_times", unit=unit, category=category)
    except PolicyMissing:
        return None
