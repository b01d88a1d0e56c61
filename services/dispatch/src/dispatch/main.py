"""The one place where the parts of dispatch are put together."""

from functools import partial

from dispatch import api
from dispatch.adapters.people import people
from dispatch.adapters.queued_commands import queued_commands
from dispatch.adapters.sign_offs import sign_off_links
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.policies import PACKS, SECTIONS
from dispatch.consumers import SUBSCRIPTIONS, TIMERS
from dispatch.settings import Settings
from shared.policy import Rulebook
from shared.runtime import Service, makers

RULEBOOK = Rulebook.load("dispatch", SECTIONS, default=PACKS)

SERVICE = Service(
    name="dispatch",
    package="dispatch",
    title="Huiyin dispatch",
    settings=Settings,
    transaction=partial(DispatchTransaction, rulebook=RULEBOOK),
    blueprints=api.blueprints(RULEBOOK),
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    encrypted=(people, sign_off_links, queued_commands),
    given=lambda settings: {"public_url": settings.public_url},
)

create_parts, create_app, create_worker, create_relay = makers(SERVICE)
