"""A process that sends what notify has planned, with the real sender and the webhook channel.

As a program: ``sending_process.py DATABASE LEASE_SECONDS FIELD_KEYS``; it ends by SIGTERM.
"""

import signal
import sys
import threading
from functools import partial

from sqlalchemy.orm import sessionmaker

from notify.adapters.channels.webhook import WebhookChannel
from notify.adapters.transaction import NotifyTransaction
from notify.consumers.sender import Sender
from notify.domain.delivery import Desk
from notify.main import RULEBOOK
from notify.use_cases import sending
from shared.clock import SystemClock
from shared.database import connect
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.loops import Loop
from shared.transaction import beginner

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HANDS = 4


def main(url: str, lease_seconds: float, field_keys: str) -> None:
    sending.LEASE_SECONDS = lease_seconds
    clock, stop = SystemClock(), threading.Event()
    sessions = sessionmaker(
        connect(url, application="sender"),
        expire_on_commit=False,
        info={HELD: read_encryption(field_keys)},
    )
    channel = WebhookChannel(SECRET, now=clock.now, allow_loopback=True)
    sender = Sender(
        sessions=sessions,
        begin=beginner(sessions, partial(NotifyTransaction, rulebook=RULEBOOK), "notify"),
        clock=clock,
        real=clock,
        desk=Desk({"webhook": channel}, ()),
        hands=HANDS,
    )
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    loop = Loop("sender", lambda: sender.send_next(stop), rest=0.05)
    loop.start()
    stop.wait()
    loop.stop()
    sys.exit(0 if loop.join(threading.TIMEOUT_MAX) else 1)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3])
