"""Tracking codes: which case each is of. A code is kept as a digest, and worked out anew where the
request that it answered is sent again."""

from uuid import UUID

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Case
from complaint.adapters.tables import cases, trackings
from complaint.domain.complaint import Complaint
from complaint.domain.flow_cases import FlowCase
from complaint.domain.tracking import TrackedCase
from shared.codes import digest, read_code, spelt
from shared.encrypted_columns import encryption_of
from shared.rules import NotFound


class Trackings:
    """The tracking codes of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def code_of(self, *, key: str, content: str) -> str:
        """The code by which a request with that ``Idempotency-Key`` and content is answered: always
        the same one, which nobody can work out without the key of this service."""
        told = f"{key}/{content}"
        secret = encryption_of(self._session).index(told, trackings.name, "code_digest")
        return spelt(secret)

    def issue(self, case_id: UUID, code: str, *, key: str) -> None:
        """Let the case, which was added before, be found by the code."""
        self._session.flush()
        row = {
            "case_id": case_id,
            "code_digest": digest(code),
            "request_index": self._request(key),
        }
        self._session.connection().execute(insert(trackings), row)

    def follow(self, case_id: UUID, *, to: UUID) -> None:
        """Let the code of a case, if it has one, find another that goes on in its place."""
        self._session.flush()
        moved = update(trackings).where(trackings.c.case_id == case_id).values(case_id=to)
        self._session.connection().execute(moved)

    def is_used(self, key: str) -> bool:
        """Whether something was filed under that ``Idempotency-Key``."""
        found = select(trackings.c.case_id).where(trackings.c.request_index == self._request(key))
        return self._session.scalar(found) is not None

    def get(self, written: str) -> TrackedCase:
        """The case of a code, however it was written. Raises NotFound."""
        return self._one(written, _by_code())

    def take(self, written: str) -> TrackedCase:
        """As ``get``; nobody else changes the case until the commit."""
        return self._one(written, _by_code().with_for_update(of=cases))

    def _one(self, written: str, query: Select[Case]) -> TrackedCase:
        code = read_code(written)
        query = query.where(trackings.c.code_digest == digest(code or ""))
        found = self._session.scalars(query).one_or_none()
        if not isinstance(found, Complaint | FlowCase):
            raise NotFound("No case has this code.")
        return found

    def _request(self, key: str) -> bytes:
        return encryption_of(self._session).index(key, trackings.name, "request_index")


def _by_code() -> Select[Case]:
    return select(Case).join(trackings, trackings.c.case_id == cases.c.id)
