"""The settings that every service has, read from the environment once, at start.

Each name carries the service's prefix (``CUSTOMER_DATABASE_URL``), so that one process can hold
four services. ``<NAME>_FILE`` names a file that holds the value (a mounted secret).
"""

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, ClassVar, Self, cast
from urllib.parse import urlsplit

from environs import EnvValidationError, FileAwareEnv, ValidationError, validate

from shared.encryption import KeysUnreadable, read_encryption

MEMORY_BROKER = "memory://"
ADDRESS = validate.Regexp(r"[^:\s]+:\d{1,5}", error="Not of the form host:port.")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _field_keys(text: str) -> None:
    try:
        read_encryption(text)
    except KeysUnreadable as fault:
        raise ValidationError(str(fault)) from None


def _index_key(text: str) -> None:
    try:
        read_encryption("", text)
    except KeysUnreadable as fault:
        raise ValidationError(str(fault)) from None


def _public_url(text: str) -> None:
    parts = urlsplit(text)
    plain = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValidationError("Not an http or https address.")
    if text != plain or text.endswith("/") or not text.isprintable() or " " in text:
        raise ValidationError("An address without query, fragment and slash at its end.")


CHECKS: dict[str, Any] = {
    "public_url": _public_url,
    "log_level": validate.OneOf(LEVELS),
    "http_bind": ADDRESS,
    "side_bind": ADDRESS,
    "field_keys": _field_keys,
    "index_key": _index_key,
    **dict.fromkeys(
        ("http_workers", "http_threads", "appliers", "outbox_age_limit"), validate.Range(min=1)
    ),
    "trusted_proxies": validate.Range(min=0),
}


class SettingsFault(Exception):
    """Settings are missing or wrong; the text names every one of them."""


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What differs between two deployments.

    ``database_url`` is for the runtime role; ``owner_database_url`` for ``setup`` alone (the same
    role where none is given). ``broker_url`` is that of the consumer, ``relay_broker_url`` that of
    the publisher. ``admin_broker_url`` lets ``setup`` declare the topology; without it, it checks.
    ``jwks`` is a file or an http(s) URL; ``issuer`` the claim ``iss`` that tokens must carry.
    ``side_bind`` is where worker and relay answer health and metrics. ``outbox_age_limit`` is in
    seconds: an older unsent event makes the process not ready. ``trusted_proxies`` is how many
    proxies stand in front of ``web`` and say in ``X-Forwarded-For`` where a request came from.
    ``trusted_publishers`` are users of the broker, divided by commas, that may publish for every
    service; without it, only each service's own ``<service>-relay`` is believed. ``field_keys``
    encrypt fields and ``index_key`` finds equal ones (``shared.encryption``). ``REQUIRED`` are
    settings with a default that no process of the service runs without.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ()

    database_url: str
    broker_url: str
    relay_broker_url: str = ""
    owner_database_url: str = ""
    admin_broker_url: str = ""
    jwks: str
    issuer: str
    log_level: str = "INFO"
    http_bind: str = "127.0.0.1:8000"
    http_workers: int = 2
    http_threads: int = 4
    metrics_dir: str = ""
    side_bind: str = "127.0.0.1:9000"
    appliers: int = 1
    outbox_age_limit: int = 300
    trusted_publishers: str = ""
    trusted_proxies: int = 0
    field_keys: str = field(default="", repr=False)
    index_key: str = field(default="", repr=False)

    @classmethod
    def read(cls, service: str) -> Self:
        """Read every setting of ``service``. Raises SettingsFault that names all faults at once."""
        env = FileAwareEnv(eager=False)
        with env.prefixed(f"{service.upper()}_"):
            values = {spec.name: _read(env, spec, cls.REQUIRED) for spec in fields(cls)}
        try:
            env.seal()
        except EnvValidationError as fault:
            faults = cast(Mapping[str, list[str]], fault.error_messages)
            named = (f"{name}: {' '.join(why)}" for name, why in faults.items())
            raise SettingsFault("; ".join(sorted(named))) from None
        return cls(**values)

    @property
    def publish_url(self) -> str:
        """The broker URL of the relay."""
        return self.relay_broker_url or self.broker_url

    @property
    def setup_url(self) -> str:
        """The database URL of the role that may change the schema."""
        return self.owner_database_url or self.database_url


def _check(spec: "Field[Any]") -> dict[str, Any]:
    return {"validate": CHECKS[spec.name]} if spec.name in CHECKS else {}


def environment_with(**added: str) -> dict[str, str]:
    """The environment of this process and some more, for a program that takes its place."""
    return {**os.environ, **added}


def _read(env: FileAwareEnv, spec: "Field[Any]", required: tuple[str, ...]) -> Any:
    needed = spec.default is MISSING or spec.name in required
    default: dict[str, Any] = {} if needed else {"default": spec.default}
    name = spec.name.upper()
    if spec.type in (bool, "bool"):
        return env.bool(name, **default)
    if spec.type in (int, "int"):
        return env.int(name, **default, **_check(spec))
    value = env.str(name, **default, **_check(spec))
    return value.rstrip("\r\n") if isinstance(value, str) else value
