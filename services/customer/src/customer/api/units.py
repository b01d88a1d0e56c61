"""Units that an address names."""

from shared.rules import NotFound
from shared.scope import may_see
from shared.web.auth import principal
from shared.web.commands import session


def check_seen(unit: str) -> None:
    """Raise NotFound for a unit that the caller does not see, which looks like one that is not
    there."""
    if not may_see(session(), principal_unit=principal().unit, unit=unit):
        raise NotFound("There is no such unit.")
