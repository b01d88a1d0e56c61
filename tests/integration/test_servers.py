"""The servers that the other tests stand on do what those tests take for granted."""

from contextlib import ExitStack

import kombu
import psycopg
import pytest
import requests

from server_admin import Vhost, random_name
from servers import NoServers, Servers, from_environment


def test_a_database_is_gone_after_use_even_if_somebody_is_connected(servers: Servers) -> None:
    with servers.postgres.database() as url:
        left_open = psycopg.connect(url, autocommit=True)
        assert left_open.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    left_open.close()


def test_a_role_owns_its_database_and_may_not_make_another(servers: Servers) -> None:
    name = random_name("owner")
    with servers.postgres.role(name, "p@ss/word"), servers.postgres.database(owner=name) as url:
        database = url.rpartition("/")[2]
        own = servers.postgres.url_of(database, user=name, password="p@ss/word")
        with psycopg.connect(own, autocommit=True) as connection:
            connection.execute("CREATE TABLE things (id int)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE DATABASE another")


def test_a_message_goes_through_a_quorum_queue_of_a_new_vhost(
    servers: Servers, vhost: Vhost
) -> None:
    queue = kombu.Queue("inbox", routing_key="inbox", queue_arguments={"x-queue-type": "quorum"})
    with kombu.Connection(vhost.url) as connection, connection.SimpleQueue(queue) as inbox:
        inbox.put({"said": "hello"})
        message = inbox.get(timeout=10)
        message.ack()
    assert message.payload == {"said": "hello"}


def test_a_user_may_do_what_it_was_given_and_goes_with_its_vhost(servers: Servers) -> None:
    name = random_name("reader")
    with servers.broker.vhost() as vhost:
        url = servers.broker.user(
            name, "p@ss/word", vhost=vhost.name, read=".*", topics={"amq.topic": ("^$", "^a")}
        )
        with kombu.Connection(url) as connection, pytest.raises(Exception, match="ACCESS_REFUSED"):
            kombu.Queue("mine", durable=True)(connection.channel()).declare()
    with pytest.raises(requests.HTTPError, match="404"):
        servers.broker.ask("GET", "users", name)


def test_purging_empties_a_queue(servers: Servers, vhost: Vhost) -> None:
    with kombu.Connection(vhost.url) as connection, connection.SimpleQueue("full") as queue:
        queue.put("one")
        servers.broker.purge(vhost.name, "full")
        assert queue.qsize() == 0


def test_killed_servers_keep_what_was_committed(restartable_servers: Servers) -> None:
    servers = restartable_servers
    with servers.postgres.database() as url, servers.broker.vhost() as vhost:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        confirmed = {"confirm_publish": True}
        with kombu.Connection(vhost.url, transport_options=confirmed) as connection:
            connection.SimpleQueue("kept").put("seven")
        for process in (servers.postgres_process, servers.broker_process):
            process.kill()
            process.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        with kombu.Connection(vhost.url) as connection:
            assert connection.SimpleQueue("kept").get(timeout=10).payload == "seven"


def test_half_an_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYIN_TEST_POSTGRES_URL", "postgresql://localhost/postgres")
    monkeypatch.delenv("HUIYIN_TEST_RABBITMQ_URL", raising=False)
    with pytest.raises(NoServers, match="Set all of"):
        from_environment(ExitStack(), print)
