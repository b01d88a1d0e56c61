"""The loop that sends what was planned: one message at a time, outside any transaction."""

import threading
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from notify.adapters.messages import any_due
from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import Desk
from notify.use_cases.sending import claim_next, conclude
from shared.clock import Clock
from shared.transaction import Begin, reading


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Several may work at once. ``clock`` is the service's; ``real`` is for retries and leases."""

    sessions: sessionmaker[Session]
    begin: Begin[NotifyTransaction]
    clock: Clock
    real: Clock
    desk: Desk

    def send_next(self, _stop: threading.Event) -> bool:
        """Send one message and keep what became of it; False when none is due.

        A process that ends between the two leaves it in the state ``sending``, and whoever finds it
        there when its lease has run out sends it again or marks it as of unknown fate.
        """
        with reading(self.sessions) as session:
            if not any_due(session, self.real.at_claim(session)):
                return False
        with self.begin(now=self.clock.now()) as tx:
            tx.now = self.clock.at_claim(tx.session)
            claim = claim_next(tx, self.desk, real=self.real.at_claim(tx.session))
        if claim is None:
            return False
        if claim.parcel is not None:
            parcel = claim.parcel
            outcome = self.desk.channels[parcel.channel].send(parcel)
            with self.begin(now=self.clock.now()) as tx:
                conclude(tx, self.desk, parcel, outcome, real=self.real.at_claim(tx.session))
        return True
