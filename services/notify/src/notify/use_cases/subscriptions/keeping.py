"""Register endpoints of other systems, change and rotate them, switch them on and off."""

from base64 import b64encode
from collections.abc import Collection, Mapping
from secrets import token_bytes
from typing import Any
from uuid import UUID

from notify.adapters.channels.webhook_targets import TargetRefused, refuse_plainly_private
from notify.adapters.subscriptions.event_types import event_types
from notify.adapters.transaction import NotifyTransaction
from notify.domain.subscriptions.endpoints import (
    Command,
    Endpoint,
    EventTypeUnknown,
    OwnerUnknown,
    Secret,
    SubscriptionExists,
    UrlRefused,
    WhyDisabled,
)
from shared.ids import new_id
from shared.rules import UnitUnknown
from shared.scope import may_see
from shared.turns import take_turn

REGISTERING = 4_873_231  # any number, the same for everybody who registers endpoints
SECRET_BYTES = 32


def register(
    tx: NotifyTransaction,
    *,
    org_unit: str,
    secret: str | None,
    caller_unit: str,
    allow_loopback: bool,
    **asked: Any,
) -> Endpoint:
    """Deliver to a URL, from now on, what ``event_types`` name of ``org_unit`` and below it.

    Raises UnitUnknown for a unit that the caller may not see, SubscriptionExists where the unit has
    the URL already, UrlRefused, EventTypeUnknown, OwnerUnknown.
    """
    if not may_see(tx.session, principal_unit=caller_unit, unit=org_unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=org_unit)
    _check(tx, asked, unit=org_unit, own=None, allow_loopback=allow_loopback)
    endpoint = Endpoint(
        id=new_id(),
        org_unit=org_unit,
        secrets=(Secret(secret or fresh_secret()),),
        created_at=tx.now,
        changed_at=tx.now,
        **asked,
    )
    tx.endpoints.add(endpoint)
    tx.record("subscription.registered", endpoint.key, org_unit=org_unit)
    return endpoint


def change(
    tx: NotifyTransaction, endpoint: Endpoint, *, allow_loopback: bool, **asked: Any
) -> Endpoint:
    """Change what is asked for; raises what ``register`` does."""
    _check(tx, asked, unit=endpoint.org_unit, own=endpoint.id, allow_loopback=allow_loopback)
    endpoint.change(tx.now, **asked)
    tx.record("subscription.changed", endpoint.key, fields=sorted(asked))
    return endpoint


def rotate(tx: NotifyTransaction, endpoint: Endpoint, *, secret: str | None) -> Endpoint:
    """Sign with another secret, given or made; those before sign too for the overlap of the
    settings."""
    endpoint.rotate(secret or fresh_secret(), now=tx.now, overlap=tx.terms.overlap)
    tx.record("subscription.secret_rotated", endpoint.key)
    return endpoint


def enable(tx: NotifyTransaction, endpoint: Endpoint, *, drop_missed: bool) -> Endpoint:
    """Go on with what waits, oldest first, or give that up. Raises WrongState."""
    endpoint.enable(tx.now)
    if drop_missed:
        tx.deliveries.drop(endpoint, "dropped", tx.now)
    tx.deliveries.restart(endpoint)
    tx.record("subscription.enabled", endpoint.key, drop_missed=drop_missed)
    return endpoint


def disable(tx: NotifyTransaction, endpoint: Endpoint) -> Endpoint:
    """Send nothing until it is enabled; what is told meanwhile waits. Raises WrongState."""
    tx.emit(endpoint.disable(WhyDisabled.BY_HAND, tx.now))
    tx.record("subscription.disabled", endpoint.key)
    return endpoint


def remove(tx: NotifyTransaction, endpoint: Endpoint) -> None:
    """Forget an endpoint and all that it is owed."""
    endpoint.permit(Command.REMOVE)
    tx.deliveries.forget(endpoint)
    tx.endpoints.remove(endpoint)
    tx.record("subscription.removed", endpoint.key)


def fresh_secret() -> str:
    """A secret as Standard Webhooks writes it."""
    return f"whsec_{b64encode(token_bytes(SECRET_BYTES)).decode()}"


def _check(
    tx: NotifyTransaction,
    asked: Mapping[str, Any],
    *,
    unit: str,
    own: UUID | None,
    allow_loopback: bool,
) -> None:
    if "event_types" in asked:
        _check_types(asked["event_types"])
    if "owner_id" in asked:
        owner = tx.contacts.find(asked["owner_id"])
        if owner is None or not owner.is_staff or not owner.active:
            raise OwnerUnknown("The owner is nobody of the staff who is known here.")
    if "url" in asked:
        _check_url(asked["url"], allow_loopback=allow_loopback)
        take_turn(tx.session, REGISTERING)
        for one in tx.endpoints.of_unit(unit):
            if one.url == asked["url"] and one.id != own:
                raise SubscriptionExists(
                    "The unit has a subscription with this URL.", subscription_id=str(one.id)
                )


def _check_types(named: Collection[str]) -> None:
    if unknown := sorted(set(named) - event_types().keys()):
        why = f"Not told to other systems: {', '.join(unknown)}."
        raise EventTypeUnknown(why, errors={"event_types": unknown})


def _check_url(url: str, *, allow_loopback: bool) -> None:
    try:
        refuse_plainly_private(url, allow_loopback=allow_loopback)
    except TargetRefused as refused:
        raise UrlRefused(
            "Events are delivered by https to public addresses alone.",
            errors={"url": [str(refused)]},
        ) from None
