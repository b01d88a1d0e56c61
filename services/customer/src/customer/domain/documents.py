"""A document that a customer hands in: who collected it, who verified it, how long it holds
(CF-29, AD-02)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from customer.domain.duplicates import number_key
from customer.domain.events import documents as events
from shared.rules import Because, Invalid, RuleBroken


class VerifierIsCollector(RuleBroken):
    """Whoever collected a document does not verify it as well."""

    code = "verifier_is_collector"


class DocumentVerified(RuleBroken):
    """The document was verified already."""

    code = "document_verified"


@dataclass(frozen=True)
class DocumentRule:
    """What is asked of documents: calendar days before the last one on which a document holds at
    which the customer's unit is warned, and whether the last day has to be known."""

    warn_days_before: int
    until_required: bool = False


@dataclass(eq=False, kw_only=True)
class Document:
    """``valid_from`` and ``valid_until`` are the first and the last local day on which it holds;
    ``product`` is empty unless it allows one product line alone (AD-06). ``number_key`` is the
    number as it is compared with others."""

    id: UUID
    customer_id: UUID
    kind: str
    number: str
    collector_id: UUID
    collected_at: datetime
    product: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    verifier_id: UUID | None = None
    verified_at: datetime | None = None
    version: int = 1
    number_key: str = field(init=False)

    def __post_init__(self) -> None:
        self.number_key = number_key(self.number)

    def check_dates(self, *, rule: DocumentRule) -> None:
        """Raise Invalid for days that cross or for a last day that is missing."""
        if self.valid_until is None:
            if rule.until_required:
                raise _invalid("Say until when the document holds.")
        elif self.valid_from is not None and self.valid_until < self.valid_from:
            raise _invalid("Lies before the first day.")

    def verify(self, *, by: UUID, now: datetime) -> events.DocumentVerified:
        """Answer for the truth of the document (CF-29).

        Raises VerifierIsCollector, DocumentVerified.
        """
        if self.verified_at is not None:
            raise DocumentVerified("The document was verified already.")
        if by == self.collector_id:
            raise VerifierIsCollector("Somebody else has to verify what you collected.")
        self.verifier_id, self.verified_at = by, now
        return events.DocumentVerified(
            document_id=self.id, customer_id=self.customer_id, kind=self.kind, product=self.product
        )

    def doubt(self) -> None:
        """Take the verification back: what the document says may hold no longer (CF-34)."""
        self.verifier_id = self.verified_at = None

    def holds(self, on: date) -> bool:
        """Whether the document is verified and holds on the local day ``on``."""
        if self.verified_at is None or (self.valid_from is not None and on < self.valid_from):
            return False
        return self.valid_until is None or on <= self.valid_until

    def expiring(
        self, *, org_unit: str, told: tuple[UUID, ...], because: Because
    ) -> events.DocumentExpiring | None:
        """The warning that the document ends soon; None for one without an end."""
        if self.valid_until is None:
            return None
        return events.DocumentExpiring(
            document_id=self.id,
            customer_id=self.customer_id,
            org_unit=org_unit,
            kind=self.kind,
            product=self.product,
            valid_until=self.valid_until,
            told_ids=told,
            because=because,
        )

    def expired(
        self, *, org_unit: str, told: tuple[UUID, ...], because: Because
    ) -> events.DocumentExpired:
        """What is told on the day after the last one."""
        return events.DocumentExpired(
            document_id=self.id,
            customer_id=self.customer_id,
            org_unit=org_unit,
            kind=self.kind,
            product=self.product,
            told_ids=told,
            because=because,
        )


def _invalid(why: str) -> Invalid:
    return Invalid("The days of the document cannot be so.", errors={"valid_until": [why]})
