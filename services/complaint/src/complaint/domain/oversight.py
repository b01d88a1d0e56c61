"""Who supervises the handling of complaints: the section ``oversight`` of a pack (CP-49, CP-63)."""

from dataclasses import dataclass

from complaint.domain.staff import Caller, Role
from shared.rules import Forbidden, Ruling


@dataclass(frozen=True)
class Oversight:
    """Which roles give a command that no handler may give."""

    roles: frozenset[Role]


class OversightUnfit(Forbidden):
    """That is for others, who supervise the handling (CP-49, CP-63)."""

    code = "oversight_unfit"


class LoweredByHandler(Forbidden):
    """Nobody lowers the level of a complaint that he had a hand in (CP-63)."""

    code = "lowered_by_handler"


def check_oversight(by: Caller, *, rule: Ruling[Oversight]) -> None:
    """Refuse whoever the pack does not name. Raises OversightUnfit."""
    if not by.roles.intersection(rule.value.roles):
        raise OversightUnfit("Others supervise the handling.", because=rule.because)
