"""The one place where the parts of complaint are put together."""

from functools import partial

from complaint import api
from complaint.adapters.tables import (
    call_backs,
    case_contacts,
    complaints,
    forms,
    process_explanations,
)
from complaint.adapters.transaction import ComplaintTransaction
from complaint.api.fitting import misfits
from complaint.api.policies import SECTIONS
from complaint.consumers import SUBSCRIPTIONS, TIMERS
from complaint.settings import Settings
from shared.policy import Rulebook
from shared.runtime import Service, makers

RULEBOOK = Rulebook.load("complaint", SECTIONS, default=("franchise", "generic"), misfits=misfits)

SERVICE = Service(
    name="complaint",
    package="complaint",
    title="Huiyin complaint",
    settings=Settings,
    transaction=partial(ComplaintTransaction, rulebook=RULEBOOK),
    blueprints=api.blueprints(RULEBOOK),
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    encrypted=(call_backs, case_contacts, complaints, forms, process_explanations),
)

create_parts, create_app, create_worker, create_relay = makers(SERVICE)
