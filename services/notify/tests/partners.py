"""Other systems that subscribe to events, and the office that delivers to them."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import func, select

from notify.adapters.channels.webhook_targets import resolve
from notify.adapters.subscriptions.calling import Caller
from notify.adapters.subscriptions.tables import attempts, deliveries
from notify.consumers.deliverer import Deliverer
from notify.domain.subscriptions.deliveries import Answered, Attempt, Delivery
from notify.domain.subscriptions.endpoints import Endpoint
from notify.use_cases.subscriptions import keeping
from notify.use_cases.subscriptions.delivering import claim_calls, conclude
from shared.clock import SystemClock
from shared.handling import Row, handle
from shared.ids import new_id
from shared.testing_inbox import envelope

from .conftest import HANDLER

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_c2VjcmV0LW51bWJlci10d28tb2YtdGhlLXRlc3Rz"
TYPE = "complaint.closed.v1"
TAKEN = Answered(status=204, why="", seconds=0.01)
REFUSED = Answered(status=500, why="webhook_500", seconds=0.01)
AWAY = Answered(status=None, why="webhook_interrupted", seconds=5.0)
GONE = Answered(status=410, why="webhook_410", seconds=0.01)


@dataclass
class Partners:
    """What tests do with subscriptions; ``office`` is that of the other tests."""

    office: object
    allow_loopback: bool = True
    resolve: object = resolve
    sequences: dict = field(default_factory=dict)

    def registers(self, url="https://example.com/hook", **asked):
        """An endpoint of the head office that gets ``TYPE``; returns its id."""
        given = {
            "org_unit": "hq",
            "event_types": (TYPE,),
            "description": "ERP",
            "ordered": False,
            "owner_id": HANDLER,
            "secret": SECRET,
            **asked,
        }
        with self.office.open() as tx:
            made = keeping.register(
                tx,
                url=url,
                caller_unit="hq",
                allow_loopback=self.allow_loopback,
                **given,
            )
            return made.id

    def happens(self, times=1, *, unit="shop-01", subject="complaint/1", type_=TYPE, **more):
        """Events of others are applied; returns their ids."""
        return [self.applied(type_, unit=unit, subject=subject, **more) for _ in range(times)]

    def applied(
        self,
        type_,
        *,
        unit="shop-01",
        subject="complaint/1",
        private=False,
        id=None,
        careful=False,
        subscriptions=None,
    ):
        sequence = self.sequences[subject] = self.sequences.get(subject, 0) + 1
        event_id = id or new_id()
        own = {} if unit is None else {"orgunit": unit}
        told = envelope(
            type_,
            event_id=event_id,
            subject=subject,
            sequence=sequence,
            data={"n": sequence},
            **own,
        )
        row = Row(event_id, type_, sequence, "pending", 0, private, json.dumps(told))
        with self.office.open() as tx:
            handle(tx, row, subscriptions or {}, careful=careful)
        return event_id

    def claims(self, *, most=10, most_slow=10):
        with self.office.open() as tx:
            return claim_calls(tx, real=self.office.real.at, most=most, most_slow=most_slow)

    def answers(self, call, answered):
        with self.office.open() as tx:
            conclude(tx, call, answered, real=self.office.real.at)

    def all_take(self):
        """Everything that is due is delivered; returns the ids in order."""
        taken = []
        while calls := self.claims():
            for call in calls:
                self.answers(call, TAKEN)
                taken.append(call.event_id)
        return taken

    @contextmanager
    def changing(self, endpoint_id):
        with self.office.open() as tx:
            yield tx, tx.endpoints.get(endpoint_id, seen_from="hq", locked=True)

    def endpoint(self, endpoint_id) -> Endpoint:
        with self.office.sessions() as session:
            return session.get(Endpoint, endpoint_id)

    def owed(self, endpoint_id=None) -> list[Delivery]:
        with self.office.sessions() as session:
            query = select(Delivery).order_by(deliveries.c.position)
            if endpoint_id:
                query = query.where(deliveries.c.subscription_id == endpoint_id)
            return list(session.scalars(query))

    def states(self, endpoint_id=None):
        return [one.state.value for one in self.owed(endpoint_id)]

    def tries(self) -> list[Attempt]:
        with self.office.sessions() as session:
            return list(session.scalars(select(Attempt).order_by(attempts.c.id)))

    def count(self, table):
        with self.office.sessions() as session:
            return session.scalars(select(func.count()).select_from(table)).one()

    def deliverer(self, *, senders=4, real=None) -> Deliverer:
        """The loop of the worker, with real senders."""
        real = real or SystemClock()
        return Deliverer(
            sessions=self.office.sessions,
            begin=self.office.begin,
            clock=self.office.clock,
            real=real,
            caller=Caller(
                now=SystemClock().now, allow_loopback=self.allow_loopback, resolve=self.resolve
            ),
            senders=senders,
        )

    def deliver(self, **how):
        """Deliver until nothing is due."""
        stop, deliverer = threading.Event(), self.deliverer(**how)
        while deliverer.deliver_next(stop):
            continue
