"""RabbitMQ's ``definitions.json``: the topology, and for each service two users with few rights.

The relay of a service may write to the two exchanges, and there only under its own name; its
consumer may read its inbox, its dead letters and the log. Nobody but ``setup`` may configure.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.topology import BINDINGS, EVENTS, EXCHANGES, PRIVATE, QUEUES, SERVICES, VHOST

SETUP_USER = "huiyin-setup"
LOG_READER = "huiyin-log-reader"  # Other systems, which read the public log and nothing else.
NOTHING = "^$"
OURS = r"^(huiyin\..+|[a-z]+\.(inbox|dlq))$"
SALT_BYTES = 4  # RabbitMQ's password hashes begin with a salt of this length.


def relay_user(service: str) -> str:
    """The broker's name for the relay of ``service``: the ``user_id`` of all its messages."""
    return f"{service}-relay"


def consumer_user(service: str) -> str:
    """The broker's name for the worker of ``service``, which reads and never publishes."""
    return f"{service}-consumer"


USERS = (
    SETUP_USER,
    LOG_READER,
    *(user(service) for service in SERVICES for user in (relay_user, consumer_user)),
)


def definitions(passwords: Mapping[str, str], *, vhost: str = VHOST) -> dict[str, Any]:
    """Everything that RabbitMQ's ``load_definitions`` takes.

    ``passwords`` by user; one who has none is made all the same and cannot log in. Raises
    KeyError for a user who is not of the topology.
    """
    for user in passwords:
        if user not in USERS:
            raise KeyError(f"no such user in the topology: {user}")
    return {
        "vhosts": [{"name": vhost}],
        "users": [_user(name, passwords.get(name)) for name in USERS],
        "permissions": [{"vhost": vhost, **one} for one in _permissions()],
        "topic_permissions": [{"vhost": vhost, **one} for one in _topic_permissions()],
        "exchanges": [{"vhost": vhost, **one} for one in _exchanges()],
        "queues": [{"vhost": vhost, **one} for one in _queues()],
        "bindings": [{"vhost": vhost, **one} for one in _bindings()],
    }


def printed(passwords_file: str | None = None) -> str:
    """The file as text. ``passwords_file`` holds a JSON object, password by user."""
    passwords = json.loads(Path(passwords_file).read_text()) if passwords_file else {}
    return json.dumps(definitions(passwords), indent=2) + "\n"


def hashed(password: str, salt: bytes) -> str:
    """RabbitMQ's SHA-256 password hash: base64 of the salt and of the digest of both."""
    digest = hashlib.sha256(salt + password.encode()).digest()
    return base64.b64encode(salt + digest).decode()


def _user(name: str, password: str | None) -> dict[str, Any]:
    salt = secrets.token_bytes(SALT_BYTES)
    return {
        "name": name,
        "password_hash": "" if password is None else hashed(password, salt),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": [],
    }


def _rights(user: str, configure: str, write: str, read: str) -> dict[str, str]:
    return {"user": user, "configure": configure, "write": write, "read": read}


def _permissions() -> list[dict[str, str]]:
    log = r"huiyin\.log"
    rights = [_rights(SETUP_USER, OURS, OURS, OURS)]
    rights.append(_rights(LOG_READER, NOTHING, NOTHING, f"^{log}$"))
    for service in SERVICES:
        own = rf"^({service}\.(inbox|dlq)|{log})$"
        rights.append(_rights(relay_user(service), NOTHING, r"^huiyin\.(events|private)$", NOTHING))
        rights.append(_rights(consumer_user(service), NOTHING, NOTHING, own))
    return rights


def _topic_permissions() -> list[dict[str, str]]:
    return [
        {
            "user": relay_user(service),
            "exchange": exchange,
            "write": rf"^{service}\.",
            "read": NOTHING,
        }
        for service in SERVICES
        for exchange in (EVENTS, PRIVATE)
    ]


def _exchanges() -> list[dict[str, Any]]:
    return [
        {
            "name": exchange.name,
            "type": "topic",
            "durable": True,
            "auto_delete": False,
            "internal": exchange.internal,
            "arguments": {},
        }
        for exchange in EXCHANGES
    ]


def _queues() -> list[dict[str, Any]]:
    return [
        {
            "name": queue.name,
            "durable": True,
            "auto_delete": False,
            "arguments": queue.arguments,
        }
        for queue in QUEUES
    ]


def _bindings() -> list[dict[str, Any]]:
    return [
        {
            "source": binding.exchange,
            "destination": binding.queue,
            "destination_type": "queue",
            "routing_key": binding.key,
            "arguments": {},
        }
        for binding in BINDINGS
    ]
