"""Whom to write to about cases."""

from uuid import UUID

from sqlalchemy.orm import Session

from complaint.adapters.mapping import CaseContact


class CaseContacts:
    """The case contacts of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, contact: CaseContact) -> None:
        """Store whom a case names, in the place of whom it named before."""
        self._session.merge(contact)

    def find(self, case_id: UUID) -> CaseContact | None:
        """Whom a case names, if anybody."""
        return self._session.get(CaseContact, case_id)

    def forget(self, case_id: UUID) -> None:
        """Keep nothing of whom a case names."""
        found = self.find(case_id)
        if found is not None:
            self._session.delete(found)
