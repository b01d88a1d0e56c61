"""Actions that others ask for."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.domain.corrective_actions import ActionKind, ActionSource
from complaint.use_cases import corrective_actions
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class RequestedSchema(Reading):
    """``customer.corrective_action_requested.v1``: opinions of customers ask for it (VS-36)."""

    action_id = fields.UUID(required=True)
    summary_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    kind = fields.Enum(ActionKind, by_value=True, required=True)
    reason = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    requested_by = fields.UUID(required=True)


def on_requested(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    unit = data.pop("org_unit")
    source = {"source": ActionSource.OPINIONS, "source_id": data.pop("summary_id")}
    corrective_actions.open_action(tx, unit=unit, department=unit, **source, **data)


SUBSCRIPTIONS: Subscriptions = {
    "customer.corrective_action_requested.v1": Subscription(RequestedSchema(), on_requested),
}
