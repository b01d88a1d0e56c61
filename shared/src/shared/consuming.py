"""Takes messages off a service's queue into its inbox: store, commit, acknowledge, nothing else."""

import logging
import threading
import time

from shared.backoff import full_jitter
from shared.failures import describe
from shared.link import Link
from shared.reading_envelopes import Delivery
from shared.storing import Storer
from shared.topology import inbox_of
from shared.worker_metrics import RECONNECTS

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.5  # For the first message of a batch; also how long a stop may go unnoticed.
BATCH = 200
QUIET_SECONDS = 0.002  # Without another message, a batch is complete.
GATHER_SECONDS = 0.05
ALIVE_SECONDS = 20  # Two heartbeats.
SILENT_SECONDS = 30  # Messages are ready and none is delivered: the link is deaf.
HEALTHY_SECONDS = 60  # A link that held so long sets the backoff back.
FIRST_RETRY_SECONDS = 0.1
LAST_RETRY_SECONDS = 5.0


class Deaf(OSError):
    """The broker holds messages for us and delivers none."""


class Consumer:
    """Reads the inbox queue of ``service``; ``run`` goes on until it is stopped."""

    def __init__(self, *, service: str, url: str, storer: Storer) -> None:
        self._service = service
        self._url = url
        self._storer = storer
        self._stop = threading.Event()
        self._link: Link | None = None  # only while it is known to be well
        self._batch: list[Delivery] = []
        self._failures = 0
        self.deaf_in_a_row = 0

    def run(self) -> None:
        """Consume until ``stop``. Whatever goes wrong ends the link, and a new one is made."""
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                self._session()
            except Exception as error:  # noqa: BLE001 - a torn link raises errors of any kind.
                log.warning("link to the broker given up: %s", describe(error))
                RECONNECTS.labels(self._service).inc()
                self._back_off(time.monotonic() - started)

    def stop(self) -> None:
        """Finish the batch in hand, acknowledge it and say goodbye; ``run`` then returns."""
        self._stop.set()

    @property
    def alive(self) -> bool:
        """Whether the broker gave a sign of life within two heartbeats."""
        link = self._link
        return link is not None and time.monotonic() - link.alive_at < ALIVE_SECONDS

    def _session(self) -> None:
        """One connection, from its making to its end.

        None is made while nothing can be stored: each delivery counts towards the queue's limit,
        and a long outage of the database would send healthy messages to the dead letters.
        """
        self._storer.check()
        self._batch.clear()
        link = Link(self._url, service=self._service, role="consumer")
        try:
            link.consume(inbox_of(self._service), self._batch.append)
            self._link = link
            self._consume(link)
        except BaseException:
            self._link = None
            link.drop()
            raise
        self._link = None
        link.close()

    def _consume(self, link: Link) -> None:
        heard = time.monotonic()
        while not self._stop.is_set():
            self._gather(link)
            link.tick()
            if self._batch:
                self._take(link)
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENT_SECONDS:
                self._listen(link)
                heard = time.monotonic()

    def _gather(self, link: Link) -> None:
        """Wait for a message, then take those that come right behind it."""
        if not link.drain(WAIT_SECONDS):
            return
        until = time.monotonic() + GATHER_SECONDS
        while len(self._batch) < BATCH and time.monotonic() < until:
            if not link.drain(QUIET_SECONDS):
                return

    def _take(self, link: Link) -> None:
        """Commit the batch, then let the broker forget it."""
        self._storer.store(self._batch)
        link.acknowledge([delivery.tag for delivery in self._batch])
        self._batch.clear()
        self.deaf_in_a_row = 0

    def _listen(self, link: Link) -> None:
        """Raise Deaf when messages are ready that nobody delivers."""
        if link.depth(inbox_of(self._service)) > 0 and not self._batch:
            self.deaf_in_a_row += 1
            raise Deaf("messages are ready and none is delivered")

    def _back_off(self, lasted: float) -> None:
        self._failures = 1 if lasted > HEALTHY_SECONDS else self._failures + 1
        seconds = full_jitter(self._failures, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS)
        self._stop.wait(seconds)
