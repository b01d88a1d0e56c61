"""What customer tells of whom comes first: grades and key accounts (CL-28, CL-29, CP-59)."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.use_cases import priorities
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class GradeChangedSchema(Reading):
    """``customer.grade_changed.v1``; of a secret grade no priority is told."""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    priority = fields.Integer(required=True, allow_none=True)


def on_grade_changed(tx: ComplaintTransaction, event: Received, data: dict[str, Any]) -> None:
    priorities.keep_priority(tx, **data, sequence=event.sequence)


class KeyAccountChangedSchema(Reading):
    """``customer.key_account_changed.v1``"""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    is_key = fields.Boolean(required=True)


def on_key_account_changed(tx: ComplaintTransaction, event: Received, data: dict[str, Any]) -> None:
    priorities.keep_key_account(tx, **data, sequence=event.sequence)


def on_customer_move(tx: ComplaintTransaction, fired: Fired) -> None:
    customer_id, after = (UUID(fired.data[name]) for name in ("customer_id", "after"))
    priorities.move_cases(tx, customer_id, after=after)


SUBSCRIPTIONS: Subscriptions = {
    "customer.key_account_changed.v1": Subscription(
        KeyAccountChangedSchema(), on_key_account_changed
    ),
    "customer.grade_changed.v1": Subscription(GradeChangedSchema(), on_grade_changed),
}

TIMERS: Timers = {priorities.MOVE: on_customer_move}
