"""HTTP: request and answer schemas, and one blueprint an area."""

from collections.abc import Callable, Sequence

from dispatch.adapters.press import Press
from dispatch.api import (
    assignment,
    board,
    book_ledger,
    books,
    breaches,
    calendars,
    closing,
    command_queues,
    daily_checks,
    departures,
    execution,
    handovers,
    penalties,
    people,
    people_imports,
    prints,
    shifts,
    sign_off_page,
    sign_offs,
    signing_off,
    unable,
    units,
    verification,
    work_orders,
)
from dispatch.api.access import POLICY_EDITORS, READERS
from dispatch.use_cases.priorities import packs_changed
from shared.policy import Rulebook
from shared.policy.api import policy_blueprint
from shared.web.blueprint import Blueprint
from shared.web.kit import Kit


def blueprints(
    rulebook: Rulebook, *, press: Callable[[Kit], Press]
) -> Callable[[Kit], Sequence[Blueprint]]:
    """What main.py hands to the HTTP application. ``press`` makes that which orders are printed
    on."""

    def made(kit: Kit) -> Sequence[Blueprint]:
        return (
            command_queues.blueprint(),
            units.blueprint(),
            calendars.blueprint(),
            people.blueprint(),
            people_imports.blueprint(),
            departures.blueprint(),
            shifts.blueprint(),
            work_orders.blueprint(),
            assignment.blueprint(rulebook),
            board.blueprint(),
            execution.blueprint(),
            sign_offs.blueprint(),
            sign_off_page.blueprint(),
            signing_off.blueprint(),
            verification.blueprint(),
            unable.blueprint(),
            books.blueprint(),
            book_ledger.blueprint(),
            breaches.blueprint(),
            penalties.blueprint(),
            closing.blueprint(),
            daily_checks.blueprint(),
            handovers.blueprint(),
            prints.blueprint(rulebook, press(kit)),
            policy_blueprint(
                rulebook, readers=READERS, editors=POLICY_EDITORS, changed=packs_changed
            ),
        )

    return made
