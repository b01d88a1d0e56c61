"""What was delivered to other systems, over HTTP: list, show, test, deliver again."""

from typing import Any
from uuid import UUID

from notify.adapters.subscriptions.deliveries import Deliveries
from notify.adapters.subscriptions.endpoints import Endpoints
from notify.adapters.subscriptions.tables import deliveries
from notify.api.access import SUBSCRIPTION_EDITORS, SUBSCRIPTION_READERS
from notify.api.subscriptions.endpoints import ONE, editable
from notify.api.subscriptions.schemas import (
    DeliveryArgs,
    DeliverySchema,
    DeliveryWithAttemptsSchema,
    RedeliveredSchema,
    RedeliverFailedSchema,
    SubscriptionCommandSchema,
)
from notify.domain.subscriptions.deliveries import Delivery
from notify.domain.subscriptions.endpoints import Endpoint
from notify.use_cases.subscriptions import redelivering
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

COLUMNS = tuple(column.name for column in deliveries.columns)


def add_views(blp: Blueprint) -> None:
    """Add what is asked of deliveries."""
    _queries(blp)
    _commands(blp)


def _seen(subscription_id: UUID) -> Endpoint:
    return Endpoints(session()).get(subscription_id, seen_from=principal().unit)


def _queries(blp: Blueprint) -> None:
    @blp.get(f"{ONE}/deliveries")
    @allow(*SUBSCRIPTION_READERS)
    @query
    @blp.arguments(DeliveryArgs, location="query")
    @blp.response(200, page_schema(DeliverySchema))
    def list_deliveries(args: dict[str, Any], subscription_id: UUID) -> dict[str, Any]:
        """What a subscription was and is to be sent, newest first."""
        found = Deliveries(session()).seen(_seen(subscription_id))
        if args["state"] is not None:
            found = found.where(deliveries.c.state == args["state"])
        key = [deliveries.c.position]
        return page(found, key=key, args=args, session=session(), descending=True)

    @blp.get(f"{ONE}/deliveries/<uuid:event_id>")
    @allow(*SUBSCRIPTION_READERS)
    @query
    @blp.response(200, DeliveryWithAttemptsSchema)
    def get_delivery(subscription_id: UUID, event_id: UUID) -> dict[str, Any]:
        """What became of one event, with its last tries."""
        known = Deliveries(session())
        found = known.get(_seen(subscription_id), event_id)
        own = {name: getattr(found, name) for name in COLUMNS}
        return {**own, "tries": known.attempts(found)}


def _commands(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/tests")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(SubscriptionCommandSchema)
    @blp.response(201, DeliverySchema)
    def try_subscription(_asked: dict[str, Any], subscription_id: UUID) -> Delivery:
        """Send an event that says nothing; the answer names the delivery to look at."""
        return redelivering.send_test(tx(), editable(subscription_id))

    @blp.post(f"{ONE}/deliveries/<uuid:event_id>/redeliveries")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(SubscriptionCommandSchema)
    @blp.response(200, DeliverySchema)
    def redeliver_event(_asked: dict[str, Any], subscription_id: UUID, event_id: UUID) -> Delivery:
        """Deliver one event again, under the same id."""
        return redelivering.redeliver(tx(), editable(subscription_id), event_id)

    @blp.post(f"{ONE}/redeliveries")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(RedeliverFailedSchema)
    @blp.response(200, RedeliveredSchema)
    def redeliver_failed(asked: dict[str, Any], subscription_id: UUID) -> dict[str, int]:
        """Deliver again all that failed of the events since a time, oldest first."""
        endpoint = editable(subscription_id)
        count = redelivering.redeliver_failed(tx(), endpoint, since=asked["since"])
        return {"redelivered": count}
