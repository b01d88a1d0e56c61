"""Put a service together from its declaration: what the four main.py files have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask import Flask
from sqlalchemy import Engine, Table
from sqlalchemy.orm import Session, sessionmaker

from shared import hints, logs, memory_broker
from shared.clock import Clock, SystemClock
from shared.database import connect
from shared.encrypted_columns import HELD
from shared.encryption import Encryption, read_encryption
from shared.envelope import Origin
from shared.housekeeping import Aging, Housekeeping
from shared.publishing import Publisher, Publishes
from shared.relay import LEASE_SECONDS, TOGETHER_SECONDS, Relay, pending
from shared.settings import MEMORY_BROKER, ServiceSettings
from shared.subscriptions import Subscriptions, Timers
from shared.transaction import Begin, Transaction, beginner, reading
from shared.web.app import create_app
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit
from shared.web.tokens import Verifier
from shared.worker import Job, Worker

EMBEDDED_LEASE_SECONDS = 2.0  # Nobody competes in one process; after a kill the wait is short.

MakeTransaction = Callable[[Session, str, Any, Origin], Transaction]


@dataclass(frozen=True, kw_only=True)
class Service:
    """What a service is to the plumbing. ``package`` holds its migrations and built-in packs.

    ``transaction`` makes its Transaction (a partial that holds the rulebook). ``jobs`` makes the
    loops that its worker runs beside appliers and timers; ``unfinished`` counts the rows that they
    have still to carry out at a given time. ``encrypted`` are the tables with encrypted columns,
    ``aging`` says of the settings which rows are deleted with time.
    ``given`` is what transactions are told of the settings. ``commands`` make commands of its own
    for the command line, which call for its parts when they run.
    """

    name: str
    package: str
    title: str
    settings: type[ServiceSettings]
    transaction: MakeTransaction
    blueprints: Callable[[Kit], Sequence[Blueprint]]
    subscriptions: Subscriptions
    timers: Timers
    jobs: Callable[["Parts"], Sequence[Job]] = lambda _parts: ()
    unfinished: Callable[[Session, Any], int] = lambda _session, _now: 0
    encrypted: Sequence[Table] = ()
    aging: Callable[[Any], Sequence[Aging]] = lambda _settings: ()
    given: Callable[[Any], Mapping[str, Any]] = lambda _settings: {}
    commands: Sequence[Callable[[Callable[[], "Parts"]], click.Command]] = ()


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One running instance of a service: what its web, worker and relay are made from."""

    service: Service
    settings: ServiceSettings
    engine: Engine
    sessions: sessionmaker[Session]
    begin: Begin[Any]
    clock: Clock
    encryption: Encryption

    @property
    def embedded(self) -> bool:
        """Whether the broker lives in this process."""
        return self.settings.broker_url.startswith(MEMORY_BROKER)


class Makers(NamedTuple):
    """What the main.py of a service offers to those who start its processes."""

    create_parts: Callable[..., Parts]
    create_app: Callable[..., Flask]
    create_worker: Callable[..., Worker]
    create_relay: Callable[..., Relay]


def makers(service: Service) -> Makers:
    """The functions of main.py for ``service``. Each of the last three takes the parts of a running
    instance, or makes some from the environment."""

    def made(parts: Parts | None) -> Parts:
        return parts or from_environment(service)

    return Makers(
        create_parts=partial(create_parts, service),
        create_app=lambda parts=None: create_web(made(parts)),
        create_worker=lambda parts=None: create_worker(made(parts)),
        create_relay=lambda parts=None: create_relay(made(parts)),
    )


def from_environment(service: Service) -> Parts:
    """The parts of a process of its own: settings read, logs configured. Raises SettingsFault."""
    settings = service.settings.read(service.name)
    logs.configure(service.name, level=settings.log_level)
    return create_parts(service, settings)


def create_parts(
    service: Service,
    settings: ServiceSettings | None = None,
    *,
    clock: Clock | None = None,
    told: Callable[[], None] | None = None,
) -> Parts:
    """Connect a service to its database. ``told`` wakes a relay of the same process after a commit;
    without it the hint goes through the database. Raises SettingsFault when a setting is missing.
    """
    settings = settings or service.settings.read(service.name)
    engine = connect(settings.database_url, application=f"huiyin-{service.name}")
    encryption = read_encryption(settings.field_keys, settings.index_key)
    sessions = sessionmaker(engine, expire_on_commit=False, info={HELD: encryption})
    transaction = partial(service.transaction, **service.given(settings))
    begin = beginner(sessions, transaction, service.name, told=told or hints.teller(engine))
    return Parts(
        service=service,
        settings=settings,
        engine=engine,
        sessions=sessions,
        begin=begin,
        clock=clock or SystemClock(),
        encryption=encryption,
    )


def create_web(parts: Parts) -> Flask:
    """The HTTP application of a service."""
    settings = parts.settings
    kit = Kit(
        service=parts.service.package,
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        verifier=Verifier.from_jwks(
            settings.jwks, audience=parts.service.name, issuer=settings.issuer
        ),
        outbox_age=lambda: _outbox_age(parts),
        outbox_age_limit=settings.outbox_age_limit,
        metrics_dir=Path(settings.metrics_dir) if settings.metrics_dir else None,
        trusted_proxies=settings.trusted_proxies,
        settings=settings,
    )
    return create_app(
        parts.service.name,
        blueprints=parts.service.blueprints(kit),
        kit=kit,
        title=parts.service.title,
    )


def create_worker(parts: Parts) -> Worker:
    """Consumer, appliers, timers and jobs of a service."""
    return Worker(
        service=parts.service.name,
        broker_url=parts.settings.broker_url,
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        subscriptions=parts.service.subscriptions,
        timers=parts.service.timers,
        appliers=parts.settings.appliers,
        jobs=[
            *parts.service.jobs(parts),
            Housekeeping(parts.sessions, parts.clock, parts.service.aging(parts.settings)).job(),
        ],
        trusted_users=[user for user in parts.settings.trusted_publishers.split(",") if user],
    )


def create_relay(parts: Parts) -> Relay:
    """The publisher of a service's outbox."""
    return Relay(
        parts.sessions,
        lambda: _publisher(parts),
        service=parts.service.name,
        clock=parts.clock,
        lease_seconds=EMBEDDED_LEASE_SECONDS if parts.embedded else LEASE_SECONDS,
        together_seconds=0.0 if parts.embedded else TOGETHER_SECONDS,
    )


def _publisher(parts: Parts) -> Publishes:
    if parts.embedded:
        return memory_broker.MemoryPublisher(parts.service.name)
    return Publisher(parts.settings.publish_url, parts.service.name)


def _outbox_age(parts: Parts) -> float:
    with reading(parts.sessions) as session:
        return pending(session).age_seconds(parts.clock.now())
