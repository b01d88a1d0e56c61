"""The loop that asks providers what became of messages: one at a time, outside any transaction."""

import threading
from dataclasses import dataclass

from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import Desk
from notify.use_cases.receipts import keep_report, question
from shared.clock import Clock
from shared.transaction import Begin


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Several may work at once. ``clock`` is the service's; ``real`` says when to ask."""

    begin: Begin[NotifyTransaction]
    clock: Clock
    real: Clock
    desk: Desk

    def ask_next(self, _stop: threading.Event) -> bool:
        """Ask about one message and keep the answer; False when none is due."""
        with self.begin(now=self.clock.now()) as tx:
            tx.now = self.clock.at_claim(tx.session)
            asked = question(tx, real=self.real.at_claim(tx.session))
        if asked is None:
            return False
        report = self.desk.report(asked.parcel, sent_at=asked.sent_at)
        with self.begin(now=self.clock.now()) as tx:
            tx.now = self.clock.at_claim(tx.session)
            keep_report(tx, self.desk, asked.parcel, report)
        return True
