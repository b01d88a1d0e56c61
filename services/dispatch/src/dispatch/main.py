"""The one place where the parts of dispatch are put together."""

from functools import partial
from typing import cast

from dispatch import api
from dispatch.adapters import proofs
from dispatch.adapters.people import people
from dispatch.adapters.press import Press
from dispatch.adapters.prints import prints
from dispatch.adapters.queued_commands import queued_commands
from dispatch.adapters.sign_offs import sign_off_links
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.policies import PACKS, SECTIONS
from dispatch.api.verify_command import verify_command
from dispatch.consumers import SUBSCRIPTIONS, TIMERS
from dispatch.settings import Settings
from shared.policy import Rulebook
from shared.runtime import Service, makers
from shared.web.kit import Kit

RULEBOOK = Rulebook.load("dispatch", SECTIONS, default=PACKS)


def create_press(kit: Kit) -> Press:
    """The press, with the type that the settings name."""
    return Press(cast(Settings, kit.settings).font_paths)


SERVICE = Service(
    name="dispatch",
    package="dispatch",
    title="Huiyin dispatch",
    settings=Settings,
    transaction=partial(DispatchTransaction, rulebook=RULEBOOK),
    blueprints=api.blueprints(RULEBOOK, press=create_press),
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    encrypted=(people, prints, queued_commands, sign_off_links, *proofs.TABLES),
    commands=(verify_command,),
    given=lambda settings: {"public_url": settings.public_url},
)

create_parts, create_app, create_worker, create_relay = makers(SERVICE)
