"""What each user of the broker may not do, asked of the broker itself (security.md S14 to S16)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker, ProbableAuthenticationError

from outbox_rows import Row, taken
from server_admin import Vhost, random_name
from servers import Servers
from shared import topology
from shared.definitions import USERS, definitions
from shared.publishing import Publisher
from shared.topology import EVENTS, LOG, PRIVATE, SERVICES, dead_letters_of, inbox_of

PASSWORD = "p@ss/word"
Act = Callable[[BlockingChannel], object]


@dataclass(frozen=True)
class House:
    """A vhost made from definitions.json. Its users have a suffix: names are the broker's own."""

    servers: Servers
    vhost: Vhost
    suffix: str

    def url(self, user: str, password: str = PASSWORD) -> str:
        name = f"{user}{self.suffix}"
        return self.servers.broker.url_of(self.vhost.name, user=name, password=password)

    def load(self, passwords: dict[str, str]) -> None:
        made = definitions(passwords, vhost=self.vhost.name)
        for section, key in (("users", "name"), ("permissions", "user")):
            made[section] = [{**one, key: one[key] + self.suffix} for one in made[section]]
        made["topic_permissions"] = [
            {**one, "user": one["user"] + self.suffix} for one in made["topic_permissions"]
        ]
        self.servers.broker.ask("POST", "definitions", json=made)


@pytest.fixture(scope="module")
def house(servers: Servers) -> Iterator[House]:
    with servers.broker.vhost() as vhost:
        made = House(servers, vhost, random_name("-test"))
        made.load(dict.fromkeys(USERS, PASSWORD))
        yield made


def refusal(url: str, act: Act) -> int:
    """The code with which the broker refuses ``act``; 0 when it lets it pass."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        try:
            act(channel)
        except ChannelClosedByBroker as refused:
            return refused.reply_code
    return 0


def publish(exchange: str, key: str, *, user_id: str | None = None) -> Act:
    properties = pika.BasicProperties(user_id=user_id)
    return lambda channel: channel.basic_publish(exchange, key, b"{}", properties)


def read(queue: str) -> Act:
    return lambda channel: channel.basic_get(queue, auto_ack=True)


CONFIGURING: dict[str, Act] = {
    "declare a queue": lambda c: c.queue_declare("mine", durable=True),
    "declare an exchange": lambda c: c.exchange_declare("mine", "topic"),
    "delete a queue": lambda c: c.queue_delete("notify.inbox"),
    "delete an exchange": lambda c: c.exchange_delete(EVENTS),
    "bind a queue": lambda c: c.queue_bind("notify.inbox", EVENTS, "#"),
    "bind own queue to personal data": lambda c: c.queue_bind("complaint.inbox", PRIVATE, "#"),
    "unbind a queue": lambda c: c.queue_unbind("notify.inbox", EVENTS, "complaint.#"),
    "purge a foreign queue": lambda c: c.queue_purge("notify.inbox"),
}


@pytest.mark.parametrize("exchange", [EVENTS, PRIVATE])
def test_a_relay_publishes_under_the_name_of_its_service(house: House, exchange: str) -> None:
    assert 0 == refusal(house.url("complaint-relay"), publish(exchange, "complaint.filed.v1"))


@pytest.mark.parametrize("exchange", [EVENTS, PRIVATE])
@pytest.mark.parametrize("other", ["customer", "dispatch", "notify", "complaints", "x.complaint"])
def test_a_relay_cannot_forge_an_event_of_another(house: House, exchange: str, other: str) -> None:
    act = publish(exchange, f"{other}.happened.v1")
    assert 403 == refusal(house.url("complaint-relay"), act)


def test_a_relay_cannot_lay_a_message_into_a_queue_past_the_exchange(house: House) -> None:
    assert 403 == refusal(house.url("complaint-relay"), publish("", "dispatch.inbox"))


def test_a_relay_cannot_make_dead_letters(house: House) -> None:
    act = publish(topology.DEAD, "complaint.inbox")
    assert 403 == refusal(house.url("complaint-relay"), act)


def test_a_relay_cannot_take_a_false_user_id(house: House) -> None:
    act = publish(EVENTS, "complaint.filed.v1", user_id="dispatch-relay")
    assert 406 == refusal(house.url("complaint-relay"), act)


def test_our_publisher_sends_the_user_id_that_the_broker_believes(house: House) -> None:
    taken(house.vhost.url, "customer.inbox")
    publisher = Publisher(house.url("complaint-relay"), "complaint")
    publisher.publish([Row()])
    publisher.close()
    [(properties, _)] = taken(house.vhost.url, "customer.inbox")
    assert f"complaint-relay{house.suffix}" == properties.user_id


@pytest.mark.parametrize("queue", [inbox_of("complaint"), dead_letters_of("complaint"), LOG])
def test_a_relay_reads_nothing(house: House, queue: str) -> None:
    assert 403 == refusal(house.url("complaint-relay"), read(queue))


@pytest.mark.parametrize("queue", [inbox_of("complaint"), dead_letters_of("complaint")])
def test_a_consumer_reads_the_queues_of_its_service(house: House, queue: str) -> None:
    assert 0 == refusal(house.url("complaint-consumer"), read(queue))


@pytest.mark.parametrize("other", [one for one in SERVICES if one != "complaint"])
@pytest.mark.parametrize("queue_of", [inbox_of, dead_letters_of])
def test_a_consumer_cannot_read_the_queue_of_another(
    house: House, other: str, queue_of: Callable[[str], str]
) -> None:
    assert 403 == refusal(house.url("complaint-consumer"), read(queue_of(other)))


@pytest.mark.parametrize("exchange", [EVENTS, PRIVATE, ""])
def test_a_consumer_publishes_nothing(house: House, exchange: str) -> None:
    act = publish(exchange, "complaint.filed.v1")
    assert 403 == refusal(house.url("complaint-consumer"), act)


@pytest.mark.parametrize("user", ["complaint-relay", "complaint-consumer", "huiyin-log-reader"])
@pytest.mark.parametrize("deed", CONFIGURING)
def test_nobody_but_setup_changes_the_topology(house: House, user: str, deed: str) -> None:
    assert 403 == refusal(house.url(user), CONFIGURING[deed])


@pytest.mark.parametrize("user", ["complaint-consumer", "huiyin-log-reader"])
def test_the_log_is_open_to_services_and_to_other_systems(house: House, user: str) -> None:
    def consume(channel: BlockingChannel) -> None:
        channel.basic_qos(prefetch_count=1)
        first = {"x-stream-offset": "first"}
        for method, _, _ in channel.consume(LOG, arguments=first, inactivity_timeout=0.2):
            if method is None:
                break
            channel.basic_ack(method.delivery_tag)

    assert 0 == refusal(house.url(user), consume)


def test_another_system_reads_nothing_but_the_log(house: House) -> None:
    assert 403 == refusal(house.url("huiyin-log-reader"), read(inbox_of("complaint")))


def test_setup_declares_exactly_what_definitions_json_holds(house: House) -> None:
    topology.declare(house.url("huiyin-setup"))
    topology.check(house.url("complaint-relay"))
    topology.check(house.url("complaint-consumer"))


def test_setup_can_build_the_topology_from_nothing(servers: Servers) -> None:
    with servers.broker.vhost() as vhost:
        [rights] = [r for r in definitions({})["permissions"] if r["user"] == "huiyin-setup"]
        url = servers.broker.user(
            random_name("setup"),
            PASSWORD,
            vhost=vhost.name,
            configure=rights["configure"],
            write=rights["write"],
            read=rights["read"],
        )
        topology.declare(url)
        topology.check(vhost.url)


def test_nobody_else_has_a_right_in_the_vhost(house: House) -> None:
    listed = house.servers.broker.ask("GET", "vhosts", house.vhost.name, "permissions").json()
    ours = {f"{user}{house.suffix}" for user in USERS}
    administrator = pika.URLParameters(house.vhost.url).credentials.username
    assert ours | {administrator} == {one["user"] for one in listed}


@pytest.mark.parametrize("password", ["", "guest", PASSWORD])
def test_a_user_without_password_cannot_log_in(servers: Servers, password: str) -> None:
    with servers.broker.vhost() as vhost:
        made = House(servers, vhost, random_name("-test"))
        made.load({})
        with pytest.raises(ProbableAuthenticationError):
            pika.BlockingConnection(pika.URLParameters(made.url("complaint-relay", password)))
