"""The routes of the subscriptions of other systems, and what they are about."""

import json
from uuid import UUID

from notify.domain.contacts import Address, Contact, ContactKind
from notify.domain.subscriptions.deliveries import Answered
from notify.use_cases.contacts import keep_contact
from notify.use_cases.subscriptions.delivering import claim_calls, conclude
from shared.envelope import Carried
from shared.ids import new_id
from shared.testing_inbox import envelope

from .cast import ABOVE, EMAIL, NOW, PERSON
from .departments import made
from .routes import Route, get, patch, post
from .served import Served

TYPES = "The event types that other systems may have are the same for everybody."
ASKED = {
    "url": "https://example.com/another",
    "event_types": ["complaint.closed.v1"],
    "org_unit": "{region}",
    "description": "ERP",
    "owner_id": "{owner}",
}
ALL, ONE = "/v1/subscriptions", "/v1/subscriptions/{subscription}"
DELIVERY = f"{ONE}/deliveries/{{delivered}}"

ROUTES: dict[str, Route] = {
    "subscriptions.list_subscriptions": get(ALL, lists="subscription"),
    "subscriptions.get_subscription": get(ONE),
    "subscriptions.list_event_types": get(f"{ALL}/event-types", unscoped=TYPES),
    "subscriptions.register_subscription": post(ALL, ASKED),
    "subscriptions.change_subscription": patch(ONE, {"description": "CRM"}),
    "subscriptions.rotate_secret": post(f"{ONE}/rotations", {}),
    "subscriptions.disable_subscription": post(f"{ONE}/disablings", {}),
    "subscriptions.enable_subscription": post("/v1/subscriptions/{disabled}/enablings", {}),
    "subscriptions.remove_subscription": post(f"{ONE}/removals", {}),
    "subscriptions.list_deliveries": get(f"{ONE}/deliveries"),
    "subscriptions.get_delivery": get(DELIVERY),
    "subscriptions.try_subscription": post(f"{ONE}/tests", {}),
    "subscriptions.redeliver_event": post(f"{DELIVERY}/redeliveries", {}),
    "subscriptions.redeliver_failed": post(
        f"{ONE}/redeliveries", {"since": "2026-03-01T00:00:00+08:00"}
    ),
}


def subscribed(served: Served, region: str, unit: str) -> dict[str, str]:
    """Two subscriptions of a region, one of them disabled, and an event that the first one got."""
    owner, event = new_id(), new_id()
    with served.parts.begin(now=NOW) as tx:
        keep_contact(tx, _staff(owner))
    editor = served.acts("notification_administrator", unit=ABOVE)
    asked = {**ASKED, "org_unit": region, "owner_id": str(owner)}
    first, second = (
        made(editor.post(ALL, {**asked, "url": f"https://example.com/{n}"}))["subscription_id"]
        for n in range(2)
    )
    made(editor.post(f"{ALL}/{second}/disablings", {}))
    told = envelope("complaint.closed.v1", event_id=event, data={}, orgunit=unit)
    with served.parts.begin(now=NOW) as tx:
        tx.carry([Carried(event, "complaint.closed.v1", json.dumps(told))])
    with served.parts.begin(now=NOW) as tx:
        (call,) = claim_calls(tx, real=NOW, most=1, most_slow=1)
        conclude(tx, call, Answered(status=204, why="", seconds=0.1), real=NOW)
    rows = {"subscription": first, "disabled": second, "delivered": str(event)}
    return {**rows, "owner": str(owner)}


def _staff(owner: UUID) -> Contact:
    return Contact(
        id=owner,
        kind=ContactKind.PERSON,
        active=True,
        name=PERSON,
        language="zh-CN",
        zone="Asia/Shanghai",
        addresses=(Address("smtp", EMAIL),),
        org_unit=None,
        customer_id=None,
    )
