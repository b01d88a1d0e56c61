"""Make every secret of the compose stack, once, and lay out for each container what it may read.

What is drawn stands in ``kept`` and is mounted by nothing else; a folder beside it for each
reader (``postgres``, ``rabbitmq``, ``customer``, ``customer-setup`` and so on) is written anew each
time, from that. What somebody put in ``kept`` beforehand is taken as it is.
"""

import json
import secrets
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from embedded.keys import DevelopmentKeys
from shared.definitions import SETUP_USER, USERS, consumer_user, definitions, relay_user
from shared.topology import SERVICES, VHOST

SUPERUSER = "postgres"
GRAFANA = "grafana"
DATABASE = "postgresql+psycopg://{user}:{password}@postgres:5432/{service}"
BROKER = "amqp://{user}:{password}@rabbitmq:5672/{vhost}"
READABLE = 0o444  # Each reader has another user; the volume is mounted by him alone.


def main(root: Path) -> None:
    """Write all folders below ``root``."""
    kept = root / "kept"
    keys = DevelopmentKeys(kept)
    passwords = _passwords(kept / "passwords.json")
    _write(root / "postgres", {user: passwords[user] for user in (SUPERUSER, *_roles())})
    _write(root / "grafana", {GRAFANA: passwords[GRAFANA]})
    broker = definitions({user: passwords[user] for user in USERS})
    _write(root / "rabbitmq", {"definitions.json": json.dumps(broker, indent=2)})
    for service in SERVICES:
        _write(root / service, _of_service(service, passwords, keys))
        _write(root / f"{service}-setup", _of_setup(service, passwords))


def owner(service: str) -> str:
    """The database's name for the role of ``setup``."""
    return f"{service}-owner"


def runtime(service: str) -> str:
    """The database's name for the role of a service's other processes."""
    return f"{service}-runtime"


def _roles() -> list[str]:
    return [role(service) for service in SERVICES for role in (owner, runtime)]


def _passwords(path: Path) -> dict[str, str]:
    """The password of everybody who has one; who has none yet gets one."""
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    for user in (SUPERUSER, GRAFANA, *_roles(), *USERS):
        found.setdefault(user, secrets.token_urlsafe(32))
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(found, indent=2))
    fresh.replace(path)
    return found


def _of_service(service: str, passwords: dict[str, str], keys: DevelopmentKeys) -> dict[str, str]:
    fields: dict[str, Any] = keys.of_fields(service)
    return {
        "database_url": _database(service, runtime(service), passwords),
        "broker_url": _broker(consumer_user(service), passwords),
        "relay_broker_url": _broker(relay_user(service), passwords),
        "jwks.json": keys.jwks.read_text(),
        **fields,
    }


def _of_setup(service: str, passwords: dict[str, str]) -> dict[str, str]:
    return {
        "owner_database_url": _database(service, owner(service), passwords),
        "admin_broker_url": _broker(SETUP_USER, passwords),
    }


def _database(service: str, role: str, passwords: dict[str, str]) -> str:
    return DATABASE.format(user=role, password=quote(passwords[role], safe=""), service=service)


def _broker(user: str, passwords: dict[str, str]) -> str:
    vhost = quote(VHOST, safe="")
    return BROKER.format(user=user, password=quote(passwords[user], safe=""), vhost=vhost)


def _write(folder: Path, files: dict[str, str]) -> None:
    """Put ``files`` into ``folder``, each in one step, and take out what is not of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        fresh = folder / f"{name}.new"
        fresh.touch()
        fresh.chmod(0o600)
        fresh.write_text(text)
        fresh.chmod(READABLE)
        fresh.replace(folder / name)
    for path in folder.iterdir():
        if path.name not in files:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
