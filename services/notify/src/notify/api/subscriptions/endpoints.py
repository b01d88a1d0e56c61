"""Subscriptions over HTTP: register, list, change, rotate, switch on and off, remove."""

from typing import Any
from uuid import UUID

from notify.adapters.subscriptions.endpoints import Endpoints
from notify.adapters.subscriptions.event_types import event_types
from notify.adapters.subscriptions.tables import subscriptions
from notify.api.access import SUBSCRIPTION_EDITORS, SUBSCRIPTION_READERS
from notify.api.subscriptions.schemas import (
    ChangeSubscriptionSchema,
    EnableSubscriptionSchema,
    EventTypesSchema,
    RegisterSubscriptionSchema,
    RemovedSubscriptionSchema,
    RotateSecretSchema,
    SubscriptionCommandSchema,
    SubscriptionSchema,
    SubscriptionWithSecretSchema,
)
from notify.domain.subscriptions.endpoints import Endpoint
from notify.use_cases.subscriptions import keeping
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.etags import check_version, set_version
from shared.web.kit import Kit
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ONE = "/v1/subscriptions/<uuid:subscription_id>"


def add_views(blp: Blueprint, kit: Kit) -> None:
    """Add what is asked of subscriptions themselves."""
    allow_loopback = bool(getattr(kit.settings, "webhook_allow_loopback", False))
    _queries(blp)
    _writing(blp, allow_loopback=allow_loopback)
    _secrets(blp)
    _switches(blp)


def editable(subscription_id: UUID) -> Endpoint:
    """The subscription of a command, locked. Raises NotFound."""
    endpoints: Endpoints = tx().endpoints
    return endpoints.get(subscription_id, seen_from=principal().unit, locked=True)


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/subscriptions")
    @allow(*SUBSCRIPTION_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(SubscriptionSchema))
    def list_subscriptions(args: dict[str, Any]) -> dict[str, Any]:
        """The subscriptions of the caller's unit and of those below it, newest first."""
        seen = Endpoints(session()).seen(principal().unit)
        key = [subscriptions.c.id]
        return page(seen, key=key, args=args, session=session(), descending=True)

    @blp.get(ONE)
    @allow(*SUBSCRIPTION_READERS)
    @query
    @blp.response(200, SubscriptionSchema)
    def get_subscription(subscription_id: UUID) -> Endpoint:
        """One subscription."""
        found = Endpoints(session()).get(subscription_id, seen_from=principal().unit)
        set_version(found.version)
        return found

    @blp.get("/v1/subscriptions/event-types")
    @allow(*SUBSCRIPTION_READERS)
    @query
    @blp.response(200, EventTypesSchema)
    def list_event_types() -> dict[str, list[dict[str, str]]]:
        """The event types that other systems may have."""
        return {"items": [{"type": one, "title": title} for one, title in event_types().items()]}


def _writing(blp: Blueprint, *, allow_loopback: bool) -> None:
    @blp.post("/v1/subscriptions")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(RegisterSubscriptionSchema)
    @blp.response(201, SubscriptionWithSecretSchema)
    @revealing
    def register_subscription(asked: dict[str, Any]) -> Endpoint:
        """Deliver events from now on. The secret is shown this once; sent again it is refused, as
        the unit has the URL already."""
        unit = principal().unit
        made = keeping.register(tx(), caller_unit=unit, allow_loopback=allow_loopback, **asked)
        set_version(made.version)
        return made

    @blp.patch(ONE)
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(ChangeSubscriptionSchema)
    @blp.response(200, SubscriptionSchema)
    def change_subscription(asked: dict[str, Any], subscription_id: UUID) -> Endpoint:
        """Change what is named; what waits goes to the URL that holds then."""
        endpoint = editable(subscription_id)
        check_version(endpoint.version)
        keeping.change(tx(), endpoint, allow_loopback=allow_loopback, **asked)
        set_version(endpoint.version)
        return endpoint


def _secrets(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/rotations")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(RotateSecretSchema)
    @blp.response(200, SubscriptionWithSecretSchema)
    @revealing
    def rotate_secret(asked: dict[str, Any], subscription_id: UUID) -> Endpoint:
        """Sign with another secret, which is shown this once; for a while those before sign too."""
        return keeping.rotate(tx(), editable(subscription_id), secret=asked["secret"])


def _switches(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/disablings")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(SubscriptionCommandSchema)
    @blp.response(200, SubscriptionSchema)
    def disable_subscription(_asked: dict[str, Any], subscription_id: UUID) -> Endpoint:
        """Deliver nothing until it is enabled; what is told meanwhile waits."""
        return keeping.disable(tx(), editable(subscription_id))

    @blp.post(f"{ONE}/enablings")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(EnableSubscriptionSchema)
    @blp.response(200, SubscriptionSchema)
    def enable_subscription(asked: dict[str, Any], subscription_id: UUID) -> Endpoint:
        """Deliver again, what waits first, unless that is to be given up."""
        return keeping.enable(tx(), editable(subscription_id), drop_missed=asked["drop_missed"])

    @blp.post(f"{ONE}/removals")
    @allow(*SUBSCRIPTION_EDITORS)
    @command
    @blp.arguments(SubscriptionCommandSchema)
    @blp.response(200, RemovedSubscriptionSchema)
    def remove_subscription(_asked: dict[str, Any], subscription_id: UUID) -> Endpoint:
        """Forget a subscription and all that it was to be sent."""
        endpoint = editable(subscription_id)
        keeping.remove(tx(), endpoint)
        return endpoint
