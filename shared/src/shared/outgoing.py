"""What a relay hands to a broker, and what it needs of one: AMQP and the embedded broker alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

DEADLINE_SECONDS = 5.0  # The longest silence of a broker that is believed to be well.


class PublishFailed(Exception):
    """Not confirmed: the same rows must be published again, over a new connection."""


class Outgoing(Protocol):
    """A row of the outbox, as far as a publisher looks at it."""

    @property
    def event_id(self) -> UUID: ...
    @property
    def type(self) -> str: ...
    @property
    def private(self) -> bool: ...
    @property
    def body(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


class OnTheirWay(Protocol):
    """Rows that were sent. They are published once ``wait`` says so."""

    def wait(self, seconds: float) -> bool:
        """Whether all are confirmed; False when ``seconds`` passed. Raises PublishFailed."""
        ...


class Publishes(Protocol):
    """A connection to a broker. After a PublishFailed it is closed and another one made."""

    @property
    def blocked(self) -> bool:
        """Whether the broker said that it takes nothing for the moment."""
        ...

    def send(self, rows: Sequence[Outgoing]) -> OnTheirWay:
        """Put ``rows`` on their way in this order, behind those of earlier calls."""
        ...

    def close(self) -> None:
        """End the connection; what was not confirmed was not published."""
        ...
