"""The one place where the parts of customer are put together."""

from functools import partial
from typing import Any

from flask import Flask

from customer import api
from customer.adapters.transaction import CustomerTransaction
from customer.api.policies import PACKS, SECTIONS
from customer.consumers import SUBSCRIPTIONS, TIMERS
from customer.settings import Settings
from shared import runtime
from shared.policy import Rulebook
from shared.relay import Relay
from shared.runtime import Parts, Service
from shared.worker import Worker

RULEBOOK = Rulebook.load("customer", SECTIONS, default=PACKS)

SERVICE = Service(
    name="customer",
    package="customer",
    title="Huiyin customer",
    settings=Settings,
    transaction=partial(CustomerTransaction, rulebook=RULEBOOK),
    blueprints=api.blueprints(RULEBOOK),
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
)


def create_parts(settings: Settings | None = None, **options: Any) -> Parts:
    """Connect the service to its database; ``options`` are those of ``shared.runtime``."""
    return runtime.create_parts(SERVICE, settings, **options)


def create_app(parts: Parts | None = None) -> Flask:
    """The HTTP application."""
    return runtime.create_web(parts or create_parts())


def create_worker(parts: Parts | None = None) -> Worker:
    """Consumer, appliers and timers."""
    return runtime.create_worker(parts or create_parts())


def create_relay(parts: Parts | None = None) -> Relay:
    """The publisher of the outbox."""
    return runtime.create_relay(parts or create_parts())
