"""PostgreSQL's own rate for a business row and an outbox row, by psycopg from several processes."""

import threading
import time
from uuid import uuid4

import psycopg

PROCESSES = 4
CLIENTS = 4  # a process; sixteen together
TEXT = "The door fell off its hinges."
MATTER = """INSERT INTO matters (id, org_unit, channel, about, complainant, name, phone, place,
product, reason, course, department, received_at) VALUES (%s, 'general-service', 'telephone',
'product_quality', 'consumer', 'Zou', '+86139', 'shop-01', 'KC-17', %s, %s, 'Logistics', now())"""
TOLD = "INSERT INTO outbox (event_id, type, body) VALUES (%s, 'matter.kept.v1', %s)"
BODY = '{"text": "' + "x" * 350 + '"}'


def insert_rows(url: str, count: int) -> tuple[float, float]:
    """Commit ``count`` pairs on each connection; returns when the first began and all had ended.

    The times are those of the machine, so that processes can be laid side by side.
    """
    connections = [psycopg.connect(url, autocommit=True) for _ in range(CLIENTS)]
    threads = [threading.Thread(target=_insert, args=(one, count)) for one in connections]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended = time.monotonic()
    for connection in connections:
        connection.close()
    return begun, ended


def _insert(connection: psycopg.Connection, count: int) -> None:
    for _ in range(count):
        with connection.transaction():
            connection.execute(MATTER, (uuid4(), TEXT, TEXT))
            connection.execute(TOLD, (uuid4(), BODY))
