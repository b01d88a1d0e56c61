"""Who coordinates what several departments do together (VS-15)."""

from collections.abc import Collection
from dataclasses import dataclass

from shared.rules import Because, Forbidden


class NotTheCoordinator(Forbidden):
    """Another role plans what several departments do together (VS-15)."""

    code = "not_the_coordinator"


@dataclass(frozen=True)
class CoordinationRule:
    """The role that plans what several departments do together, or the whole company."""

    coordinator: str

    def check(self, roles: Collection[str], because: Because) -> None:
        """Raise NotTheCoordinator unless one of ``roles`` is that one."""
        if self.coordinator not in roles:
            raise NotTheCoordinator(f"A {self.coordinator} plans this.", because=because)
