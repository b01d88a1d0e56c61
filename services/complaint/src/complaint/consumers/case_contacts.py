"""What notify tells of messages to the customers of cases, and when those are forgotten."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.consumers.subjects import case_of
from complaint.domain.cases import CaseRef
from complaint.use_cases import case_contacts
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class CustomerUnreachedSchema(Reading):
    """``notify.customer_unreached.v1``"""

    message_id = fields.UUID(required=True)
    case_kind = fields.String(required=True)
    case_id = fields.UUID(required=True)
    message_kind = fields.String(required=True)
    reason = fields.String(required=True)


def on_customer_unreached(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    ref = CaseRef(data.pop("case_kind"), data.pop("case_id"))
    case_contacts.note_unreached(tx, ref, **data)


def on_forget(tx: ComplaintTransaction, fired: Fired) -> None:
    case_contacts.forget_contact(tx, case_of(fired))


SUBSCRIPTIONS: Subscriptions = {
    "notify.customer_unreached.v1": Subscription(CustomerUnreachedSchema(), on_customer_unreached),
}

TIMERS: Timers = {case_contacts.FORGET: on_forget}
