"""A grade that a customer holds in a unit: always with its scheme (K-01, K-02)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.rules import Because


@dataclass(eq=False, kw_only=True)
class Grade:
    """``unit`` gave it, and in no other unit outside of it does it hold (CL-26). ``product`` is
    empty where it holds for all that the unit sells. One that is ``internal`` is never shown to
    the customer himself (CL-32)."""

    customer_id: UUID
    unit: str
    scheme: str
    grade: str
    because: Because
    graded_at: datetime
    product: str = ""
    internal: bool = False
    version: int = 1

    @property
    def code(self) -> str:
        """The grade with its scheme: ``size:large``."""
        return f"{self.scheme}:{self.grade}"
