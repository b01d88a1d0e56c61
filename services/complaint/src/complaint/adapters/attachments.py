"""The files of cases as they are found. What is in one is read when it is asked for."""

from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Attachment
from complaint.adapters.tables import attachments
from shared.rules import NotFound

of = attachments.c


class Attachments:
    """The files of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, attachment: Attachment) -> None:
        """Keep a new file."""
        self._session.add(attachment)

    def count(self, case_id: UUID) -> int:
        """How many files a case has."""
        query = select(func.count()).select_from(attachments).where(of.case_id == case_id)
        return self._session.scalars(query).one()

    def of_case(self, case_id: UUID) -> Select[Attachment]:
        """The query of the files of a case."""
        return select(Attachment).where(of.case_id == case_id)

    def of_customer(self, case_id: UUID) -> list[Attachment]:
        """What the customer himself added, in the order in which he did."""
        query = self.of_case(case_id).where(of.added_by.is_(None)).order_by(of.id)
        return list(self._session.scalars(query))

    def get(self, attachment_id: UUID, *, case_id: UUID) -> Attachment:
        """A file of that case. Raises NotFound."""
        query = self.of_case(case_id).where(of.id == attachment_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such file.")
        return found

    def follow(self, case_id: UUID, *, to: UUID) -> None:
        """Let the files of a case go with the one that goes on in its place."""
        self._session.flush()
        moved = update(attachments).where(of.case_id == case_id).values(case_id=to)
        self._session.execute(moved)
