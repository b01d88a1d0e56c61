"""HTTP: request and answer schemas, and one blueprint an area."""

from collections.abc import Callable, Sequence

from notify.adapters.letters import LetterPress
from notify.api import (
    bounces,
    bulletins,
    care_dates,
    care_tasks,
    hearings,
    letters,
    messages,
    newsletters,
    opt_outs,
    preferences,
    promotion_consents,
    scripts,
    subscriptions,
    templates,
)
from notify.api.access import POLICY_EDITORS, READERS
from notify.domain.delivery import Desk
from shared.policy import Rulebook
from shared.policy.api import policy_blueprint
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit


def blueprints(
    rulebook: Rulebook, desk: Callable[[Kit], Desk], press: Callable[[Kit], LetterPress]
) -> Callable[[Kit], Sequence[Blueprint]]:
    """What main.py hands to the HTTP application; ``desk`` makes the channels of a process,
    ``press`` what its letters are printed by."""

    def made(kit: Kit) -> Sequence[Blueprint]:
        policies = policy_blueprint(rulebook, readers=READERS, editors=POLICY_EDITORS)
        return (
            messages.blueprint(),
            scripts.blueprint(),
            hearings.blueprint(),
            bounces.blueprint(lambda: desk(kit)),
            letters.blueprint(press(kit), lambda: desk(kit)),
            bulletins.blueprint(),
            preferences.blueprint(),
            opt_outs.blueprint(),
            templates.blueprint(),
            subscriptions.blueprint(kit),
            care_tasks.blueprint(),
            care_dates.blueprint(),
            promotion_consents.blueprint(),
            newsletters.blueprint(),
            policies,
        )

    return made
