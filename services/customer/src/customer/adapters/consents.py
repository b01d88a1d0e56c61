"""Consents, disclosures and who signed the duty of secrecy."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Consent, Disclosure, SecrecyAcknowledgement
from customer.adapters.tables import consents, disclosures, secrecy_acknowledgements
from shared.rules import NotFound
from shared.scope import within


class Consents:
    """The consents of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, consent: Consent) -> None:
        """Keep a new consent."""
        self._session.add(consent)

    def get(self, consent_id: UUID, *, customer_id: UUID) -> Consent:
        """A consent of that customer, which nobody withdraws until the commit. Raises NotFound."""
        query = self.listed(customer_id).where(consents.c.id == consent_id)
        found = self._session.scalars(query.with_for_update()).one_or_none()
        if found is None:
            raise NotFound("There is no such consent.")
        return found

    def of_ids(self, consent_ids: Iterable[UUID]) -> list[Consent]:
        """Those consents of any customer, which nobody withdraws until the commit."""
        query = select(Consent).where(consents.c.id.in_(list(consent_ids)))
        return list(self._session.scalars(query.order_by(consents.c.id).with_for_update()))

    def listed(self, customer_id: UUID) -> Select[Consent]:
        """The query of the consents of one customer."""
        return select(Consent).where(consents.c.customer_id == customer_id)


class Disclosures:
    """The register of disclosures of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, disclosure: Disclosure) -> None:
        """Register a disclosure."""
        self._session.add(disclosure)

    def listed(self, customer_id: UUID) -> Select[Disclosure]:
        """The query of what was told of one customer."""
        return select(Disclosure).where(disclosures.c.customer_id == customer_id)


class Secrecy:
    """The acknowledgements of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, acknowledgement: SecrecyAcknowledgement) -> None:
        """Keep what somebody signed."""
        self._session.add(acknowledgement)

    def latest(self, person_id: str, wording: str) -> SecrecyAcknowledgement | None:
        """When a person signed that wording last."""
        table = secrecy_acknowledgements.c
        query = select(SecrecyAcknowledgement).where(
            table.person_id == person_id, table.wording == wording
        )
        return self._session.scalars(query.order_by(table.id.desc()).limit(1)).one_or_none()

    def listed(self, *, unit: str) -> Select[SecrecyAcknowledgement]:
        """The query of what was signed in ``unit`` and below it."""
        return select(SecrecyAcknowledgement).where(within(secrecy_acknowledgements.c.unit, unit))
