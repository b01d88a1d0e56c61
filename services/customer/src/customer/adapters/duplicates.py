"""Find who is known by what a new customer is known by, and let nobody else enter such a one."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from customer.adapters.customers import Customers
from customer.adapters.tables import customers, documents
from customer.domain.duplicates import Holders, Mark, MarkKind

HOLD = select(
    func.pg_advisory_xact_lock(
        func.unnest(bindparam("locks", type_=ARRAY(BigInteger))).column_valued("lock")
    )
)


class Duplicates:
    """The marks of customers in one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holders(self, marks: Collection[Mark]) -> Holders:
        """Which customers of the whole company have one of ``marks``, by one query for each kind
        of them. Until the commit nobody else asks for the same marks: of two who enter the same
        customer at once the second finds the first."""
        if marks and self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(HOLD, {"locks": sorted({_lock(mark) for mark in marks})})
        of_kind = {kind: [mark for mark in marks if mark.kind is kind] for kind in MarkKind}
        return Holders(
            (
                *self._named([mark.value for mark in of_kind[MarkKind.NAME]]),
                *self._reached([mark.value for mark in of_kind[MarkKind.PHONE]]),
                *self._numbered(of_kind[MarkKind.DOCUMENT]),
            )
        )

    def _named(self, keys: Collection[str]) -> Iterator[tuple[Mark, UUID]]:
        if keys:
            query = select(customers.c.name_key, customers.c.id)
            for key, id_ in self._session.execute(query.where(customers.c.name_key.in_(keys))):
                yield Mark(MarkKind.NAME, key), id_

    def _reached(self, phones: Collection[str]) -> Iterator[tuple[Mark, UUID]]:
        if phones:
            for phone, id_ in Customers(self._session).reached_at(phones):
                yield Mark(MarkKind.PHONE, phone), id_

    def _numbered(self, marks: Collection[Mark]) -> Iterator[tuple[Mark, UUID]]:
        if marks:
            columns = documents.c.kind, documents.c.number_key
            query = select(*columns, documents.c.customer_id)
            pairs = [(mark.document, mark.value) for mark in marks]
            for kind, key, id_ in self._session.execute(query.where(tuple_(*columns).in_(pairs))):
                yield Mark(MarkKind.DOCUMENT, key, kind), id_


def _lock(mark: Mark) -> int:
    """The number under which PostgreSQL holds a mark."""
    digest = blake2b("\0".join(mark).encode(), digest_size=8, person=b"duplicates").digest()
    return int.from_bytes(digest, signed=True)
