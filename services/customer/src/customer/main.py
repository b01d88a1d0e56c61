"""The one place where the parts of customer are put together."""

from functools import partial

from customer import api
from customer.adapters.tables import contacts
from customer.adapters.transaction import CustomerTransaction
from customer.api.policies import PACKS, SECTIONS
from customer.consumers import SUBSCRIPTIONS, TIMERS
from customer.settings import Settings
from shared.policy import Rulebook
from shared.runtime import Service, makers

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
    encrypted=(contacts,),
)

create_parts, create_app, create_worker, create_relay = makers(SERVICE)
