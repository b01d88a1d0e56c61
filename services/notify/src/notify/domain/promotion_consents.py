"""That a contact asked for promotions: without it none is sent to him (CM-18)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.rules import WrongState


class PromotionConsentWithdrawn(WrongState):
    """It was withdrawn before."""

    code = "consent_withdrawn"


@dataclass(eq=False, kw_only=True)
class PromotionConsent:
    """``topics`` are the kinds of newsletter that he wants; without any he wants all of them.

    ``form`` is where the proof is filed, ``wording`` the version of the text that he agreed to.
    """

    id: UUID
    contact_id: UUID
    org_unit: str
    topics: tuple[str, ...]
    form: str
    wording: str
    given_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None = None
    version: int = 1

    @property
    def key(self) -> str:
        """The subject of its audit entries."""
        return f"promotion_consent/{self.id}"

    def covers(self, topic: str | None) -> bool:
        """Whether it lets ``topic`` be sent, or promotions of no topic."""
        return self.withdrawn_at is None and (not self.topics or topic in self.topics)

    def withdraw(self, now: datetime) -> None:
        """He wants no more of it. Raises PromotionConsentWithdrawn."""
        if self.withdrawn_at is not None:
            raise PromotionConsentWithdrawn("The consent was withdrawn before.")
        self.withdrawn_at = now
