"""Read the public log from its first event, as another system does."""

import json
from dataclasses import dataclass

import pika

from shared.topology import LOG

QUIET_SECONDS = 2.0  # The log is taken to be read once nothing came for so long.
AHEAD = 200


@dataclass(frozen=True)
class Logged:
    """An event as the log holds it."""

    id: str
    type: str
    subject: str
    sequence: int
    text: str


def read_log(url: str) -> list[Logged]:
    """Every message of the log, in its order, repeats included."""
    found = []
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=AHEAD)
        first = {"x-stream-offset": "first"}
        for method, _, body in channel.consume(
            LOG, arguments=first, inactivity_timeout=QUIET_SECONDS
        ):
            if method is None:
                break
            channel.basic_ack(method.delivery_tag)
            found.append(_logged(body.decode()))
        channel.cancel()
    return found


def _logged(body: str) -> Logged:
    envelope = json.loads(body)
    return Logged(
        id=envelope["id"],
        type=envelope["type"],
        subject=envelope["subject"],
        sequence=envelope["sequence"],
        text=json.dumps(envelope, ensure_ascii=False),
    )
