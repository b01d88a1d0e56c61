"""The topology on a real RabbitMQ: it stands, routes as its table says and keeps the poison."""

import time

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker

from outbox_rows import Row, taken
from server_admin import Vhost
from shared import topology
from shared.publishing import Publisher
from shared.topology import HEARS_PRIVATE, LOG, SERVICES, TopologyMissing, inbox_of, subscribers

TRIES = topology.DELIVERY_LIMIT + 1
SECRET = "customer.contact_changed.v1"


def published(vhost: Vhost, *rows: Row) -> None:
    publisher = Publisher(vhost.url, "test")
    publisher.publish(rows)
    publisher.close()


def test_what_was_declared_stands_and_may_be_declared_again(vhost: Vhost) -> None:
    topology.declare(vhost.url)
    topology.declare(vhost.url)
    topology.check(vhost.url)


def test_an_empty_vhost_is_found_wanting_by_name(vhost: Vhost) -> None:
    with pytest.raises(TopologyMissing, match=r"exchange huiyin\.events"):
        topology.check(vhost.url)


def test_a_queue_that_is_gone_is_named(vhost: Vhost) -> None:
    topology.declare(vhost.url)
    with pika.BlockingConnection(pika.URLParameters(vhost.url)) as connection:
        connection.channel().queue_delete("dispatch.inbox")
    with pytest.raises(TopologyMissing, match=r"queue dispatch\.inbox"):
        topology.check(vhost.url)


def test_a_queue_with_other_arguments_is_refused(vhost: Vhost) -> None:
    with pika.BlockingConnection(pika.URLParameters(vhost.url)) as connection:
        connection.channel().queue_declare("dispatch.inbox", durable=True)
    with pytest.raises(ChannelClosedByBroker, match="406"):
        topology.declare(vhost.url)


@pytest.mark.parametrize("private", [False, True])
def test_an_event_comes_into_the_inboxes_that_the_table_names(vhost: Vhost, private: bool) -> None:
    topology.declare(vhost.url)
    public = [f"{one}.happened.v1" for one in SERVICES]
    secret = [f"{name}.v1" for names in HEARS_PRIVATE.values() for name in names]
    rows = [Row(type=one, private=private) for one in (secret if private else public)]
    published(vhost, *rows)
    expected = {
        service: [r.type for r in rows if service in subscribers(r.type, private=private)]
        for service in SERVICES
    }
    came = {
        service: [properties.type for properties, _ in taken(vhost.url, inbox_of(service))]
        for service in SERVICES
    }
    assert expected == came


def test_a_lost_binding_is_made_again_by_setup(vhost: Vhost) -> None:
    topology.declare(vhost.url)
    with pika.BlockingConnection(pika.URLParameters(vhost.url)) as connection:
        connection.channel().queue_unbind("dispatch.inbox", topology.EVENTS, "complaint.#")
    topology.declare(vhost.url)
    published(vhost, Row())
    assert 1 == len(taken(vhost.url, "dispatch.inbox"))


def test_the_log_can_be_read_from_its_start_and_holds_no_personal_data(vhost: Vhost) -> None:
    topology.declare(vhost.url)
    published(
        vhost,
        Row(body='{"n":1}'),
        Row(type=SECRET, body='{"n":2}', private=True),
        Row(body='{"n":3}'),
    )
    assert [b'{"n":1}', b'{"n":3}'] == read_log(vhost.url)
    assert [b'{"n":1}', b'{"n":3}'] == read_log(vhost.url)


def read_log(url: str) -> list[bytes]:
    bodies = []
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=100)
        offset = {"x-stream-offset": "first"}
        for method, _, body in channel.consume(LOG, arguments=offset, inactivity_timeout=2):
            if method is None:
                break
            bodies.append(body)
            channel.basic_ack(method.delivery_tag)
    return bodies


def test_a_message_that_nobody_can_store_becomes_a_dead_letter_with_its_bytes(
    vhost: Vhost,
) -> None:
    topology.declare(vhost.url)
    published(vhost, Row(body='{"poison":true}'))
    with pika.BlockingConnection(pika.URLParameters(vhost.url)) as connection:
        channel = connection.channel()
        for _ in range(TRIES):
            method = delivered(channel, "dispatch.inbox")
            channel.basic_reject(method.delivery_tag, requeue=True)
        method = delivered(channel, "dispatch.dlq")
        channel.basic_reject(method.delivery_tag, requeue=True)
    dead = taken(vhost.url, "dispatch.dlq", at_least=1)
    assert [{"poison": True}] == [body for _, body in dead]
    assert [] == taken(vhost.url, "dispatch.inbox")


def delivered(channel, queue: str):
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        method, _, _ = channel.basic_get(queue)
        if method is not None:
            return method
        time.sleep(0.01)
    raise AssertionError(f"nothing came into {queue}")
