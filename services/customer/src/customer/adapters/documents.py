"""The documents that customers hand in. Who may see the customer may see them."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Document
from customer.adapters.tables import documents
from shared.rules import NotFound


class Documents:
    """The documents of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, document: Document) -> None:
        """Keep a new document."""
        self._session.add(document)

    def get(self, document_id: UUID, *, customer_id: UUID) -> Document:
        """A document of that customer, which nobody else changes until the commit.

        Raises NotFound.
        """
        query = self.listed(customer_id).where(documents.c.id == document_id)
        found = self._session.scalars(query.with_for_update()).one_or_none()
        if found is None:
            raise NotFound("There is no such document.")
        return found

    def known(self, document_id: UUID) -> Document:
        """The document that a timer is about. Raises NoResultFound."""
        return self._session.get_one(Document, document_id, with_for_update=True)

    def listed(self, customer_id: UUID) -> Select[Document]:
        """The query of the documents of one customer."""
        return select(Document).where(documents.c.customer_id == customer_id)

    def of(self, customer_id: UUID, kind: str) -> list[Document]:
        """The documents of that kind, those that were collected last first."""
        query = self.listed(customer_id).where(documents.c.kind == kind)
        ordered = query.order_by(documents.c.collected_at.desc(), documents.c.id.desc())
        return list(self._session.scalars(ordered))

    def valid(
        self, customer_id: UUID, kind: str, *, on: date, product: str = ""
    ) -> Document | None:
        """The verified document of that kind that holds on the local day ``on`` (AD-02).

        With ``product`` one for that product line or for all of them (AD-06).
        """
        fitting = (one for one in self.of(customer_id, kind) if one.product in ("", product))
        return next((one for one in fitting if one.holds(on)), None)
