"""Somebody who tells of one subject of another service."""

from itertools import count

from customer.consumers import SUBSCRIPTIONS
from shared.envelope import Received
from shared.ids import new_id
from shared.testing import examples


class Teller:
    """Tells of one subject in the order of its sequence, as the applier hands events over."""

    def __init__(self, desk, **named):
        self.desk, self.named, self.sequence = desk, named, count(1)

    def tell(self, type_, *, sequence=None, **data):
        told = {**examples(type_)[0], **self.named, **data}
        event = Received(
            id=new_id(),
            type=type_,
            source="urn:huiyin",
            subject="one",
            sequence=next(self.sequence) if sequence is None else sequence,
            time=self.desk.now,
            org_unit=None,
            actor=None,
            correlation=None,
            causation=None,
            traceparent=None,
            policy=None,
            data=told,
        )
        subscription = SUBSCRIPTIONS[type_]
        with self.desk.open() as tx:
            subscription.handler(tx, event, subscription.reads.load(told))
