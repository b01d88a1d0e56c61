"""Takes messages off a service's queue into its inbox: store, commit, acknowledge, nothing else."""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

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
GATHER_SECONDS = 0.02
ALIVE_SECONDS = 20  # Two heartbeats.
SILENT_SECONDS = 30  # Messages are ready and none is delivered: the link is deaf.
HEALTHY_SECONDS = 60  # A link that held so long sets the backoff back.
FIRST_RETRY_SECONDS = 0.1
LAST_RETRY_SECONDS = 5.0


class Deaf(OSError):
    """The broker holds messages for us and delivers none."""


class Consumer:
    """Reads the inbox queue of ``service``; ``run`` goes on until it is stopped.

    One batch is being stored, in a thread of its own, while the next is gathered.
    """

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
        with ThreadPoolExecutor(1, f"{self._service}-storer") as storing:
            while not self._stop.is_set():
                started = time.monotonic()
                try:
                    self._session(storing)
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

    def _session(self, storing: ThreadPoolExecutor) -> None:
        """One connection, from its making to its end.

        None is made while nothing can be stored: each delivery counts towards the queue's limit,
        and a long outage of the database would send healthy messages to the dead letters.
        """
        self._storer.check()
        self._batch = []
        link = Link(self._url, service=self._service, role="consumer")
        try:
            link.consume(inbox_of(self._service), lambda delivery: self._batch.append(delivery))
            self._link = link
            self._consume(link, storing)
        except BaseException:
            self._link = None
            link.drop()
            raise
        self._link = None
        link.close()

    def _consume(self, link: Link, storing: ThreadPoolExecutor) -> None:
        in_hand: tuple[Future[None], list[Delivery]] | None = None
        heard = time.monotonic()
        while in_hand is not None or not self._stop.is_set():
            self._gather(link, hurry=in_hand is not None)
            link.tick()
            if in_hand is not None and in_hand[0].done():
                self._acknowledge(link, *in_hand)
                in_hand, heard = None, time.monotonic()
            if in_hand is None and self._batch and not self._stop.is_set():
                batch, self._batch = self._batch, []
                in_hand = storing.submit(self._storer.store, batch), batch
            elif in_hand is None and time.monotonic() - heard > SILENT_SECONDS:
                self._listen(link)
                heard = time.monotonic()

    def _gather(self, link: Link, *, hurry: bool) -> None:
        """Take a message and those that come right behind it; wait for it unless in a hurry."""
        if len(self._batch) >= BATCH:
            time.sleep(QUIET_SECONDS)
            return
        quiet = QUIET_SECONDS
        until = time.monotonic() + GATHER_SECONDS
        if not link.drain(quiet if hurry else WAIT_SECONDS):
            return
        while len(self._batch) < BATCH and time.monotonic() < until:
            if not link.drain(quiet):
                return

    def _acknowledge(self, link: Link, stored: Future[None], batch: list[Delivery]) -> None:
        """Raises what the storing raised."""
        stored.result()
        link.acknowledge([delivery.tag for delivery in batch])
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
