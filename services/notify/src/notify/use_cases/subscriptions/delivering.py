"""Hand what is owed to endpoints to senders, and keep what became of it.

The endpoint itself is called between the two, outside any transaction.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.hearings import Heard
from notify.domain.subscriptions.deliveries import Answered, Attempt, Delivery
from notify.domain.subscriptions.endpoints import Endpoint, EndpointState, WhyDisabled
from notify.use_cases.notices import tell
from shared.applying import disconnected
from shared.backoff import full_jitter
from shared.failures import describe
from shared.ids import new_id
from shared.rules import given

log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0  # Longer than any call may take, for another sender then takes over.
SLOW_SECONDS = 1.0  # From here on an endpoint waits for senders that quick ones leave free.


@dataclass(frozen=True, kw_only=True)
class Call:
    """One try: what to send where, signed with what. ``slow`` tells which senders it takes."""

    subscription_id: UUID
    position: int
    attempt: int
    at: datetime
    event_id: UUID
    url: str
    keys: tuple[str, ...]
    body: str
    slow: bool


def claim_calls(
    tx: NotifyTransaction, *, real: datetime, most: int, most_slow: int, careful: bool = False
) -> list[Call]:
    """Take what is to be sent next: one delivery an endpoint, in turn, and of those who answer
    slowly or not at all no more than ``most_slow``. ``real`` is real time.

    ``careful`` sets a savepoint for each endpoint, so that only one with which something is wrong
    is passed over.
    """
    ready = tx.endpoints.ready(real, most=most, most_slow=max(0, most_slow))
    claim = _claim_carefully if careful else _claim
    calls = (claim(tx, endpoint_id, real) for endpoint_id in ready)
    return [call for call in calls if call is not None]


def conclude(tx: NotifyTransaction, call: Call, answered: Answered, *, real: datetime) -> None:
    """Keep what an endpoint answered.

    What it did not take is tried again with pauses that grow. 410, or nothing taken for as long as
    one tries, disables it and tells its owner. An answer to a try that was given up counts only
    when it says that the event was taken.
    """
    endpoint, delivery = (
        tx.endpoints.find(call.subscription_id),
        tx.deliveries.locked(call.position),
    )
    if endpoint is None or delivery is None:
        return  # It was removed meanwhile.
    tx.deliveries.add(_attempt(call, answered))
    if not delivery.open or (delivery.attempts != call.attempt and not answered.taken):
        return
    endpoint.slow = answered.seconds >= SLOW_SECONDS
    if answered.taken:
        endpoint.failing_since = None
        delivery.deliver(answered, tx.now)
    else:
        _refused(tx, endpoint, delivery, call, answered, real)


def _claim_carefully(tx: NotifyTransaction, endpoint_id: UUID, real: datetime) -> Call | None:
    try:
        with tx.apart():
            return _claim(tx, endpoint_id, real)
    except Exception as error:
        if disconnected(error):
            raise
        about = {"subscription_id": str(endpoint_id)}
        log.warning("subscription passed over: %s", describe(error), extra=about)
        tx.endpoints.pass_over(endpoint_id, real)
        return None


def _claim(tx: NotifyTransaction, endpoint_id: UUID, real: datetime) -> Call | None:
    endpoint = given(tx.endpoints.find(endpoint_id), "an endpoint that is locked stays")
    delivery = tx.deliveries.next_of(endpoint, real)
    if delivery is None or delivery.position is None:
        return None
    delivery.claim(real=real, lease_until=real + timedelta(seconds=LEASE_SECONDS))
    endpoint.served_at = real
    return Call(
        subscription_id=endpoint.id,
        position=delivery.position,
        attempt=delivery.attempts,
        at=real,
        event_id=delivery.event_id,
        url=endpoint.url,
        keys=endpoint.keys(tx.now),
        body=tx.deliveries.body(delivery.event_id),
        slow=endpoint.slow,
    )


def _refused(
    tx: NotifyTransaction,
    endpoint: Endpoint,
    delivery: Delivery,
    call: Call,
    answered: Answered,
    real: datetime,
) -> None:
    endpoint.failing_since = endpoint.failing_since or call.at
    failing = tx.terms.spent(endpoint.failing_since, real=real)
    if endpoint.state is EndpointState.ENABLED and (answered.gone or failing):
        delivery.postpone(answered, due_at=None)
        _disable(tx, endpoint, WhyDisabled.GONE if answered.gone else WhyDisabled.FAILING)
    elif tx.terms.spent(delivery.first_at or call.at, real=real):
        delivery.fail(answered, tx.now)
    else:
        delivery.postpone(answered, due_at=real + _pause(tx, delivery.attempts))


def _disable(tx: NotifyTransaction, endpoint: Endpoint, why: WhyDisabled) -> None:
    event = endpoint.disable(why, tx.now)
    tx.emit(event)
    tx.flush()
    told = Heard(event_id=tx.last_told(endpoint.key), type=event.type, at=tx.now)
    tell(tx, told, {**vars(event), "description": endpoint.description})


def _pause(tx: NotifyTransaction, attempt: int) -> timedelta:
    first, last = tx.terms.first_pause_seconds, tx.terms.last_pause_seconds
    return timedelta(seconds=full_jitter(attempt, first=first, cap=last))


def _attempt(call: Call, answered: Answered) -> Attempt:
    return Attempt(
        id=new_id(),
        position=call.position,
        number=call.attempt,
        at=call.at,
        status=answered.status,
        why=answered.why or None,
        duration_ms=round(answered.seconds * 1000),
        excerpt=answered.excerpt or None,
    )
