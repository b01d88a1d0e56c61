"""Where the contacts are kept, as dispatch and customer tell them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Uuid, func, select
from sqlalchemy.orm import Session

from notify.adapters.columns import AddressesColumn, BirthdayColumn, mapping, metadata
from notify.domain.contacts import Contact, ContactKind
from shared.encrypted_columns import encrypt_columns
from shared.rules import NotFound
from shared.scope import within
from shared.tables import by_value

contacts = Table(
    "contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", by_value(ContactKind), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(35), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("addresses", AddressesColumn),
    Column("birthday", BirthdayColumn),
    Column("org_unit", String(60)),
    Column("customer_id", Uuid, index=True),
    Column("customer_since", Date),
    Index("ix_contacts_circle", "org_unit", "zone", "id"),
)

mapping.map_imperatively(Contact, contacts)
encrypt_columns(Contact, contacts)


class Contacts:
    """Everybody whom one can write to. They are never shown over HTTP; what they opted out of
    is."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._held: list[Contact] = []  # A session forgets who is not held, and would read again.

    def keep(self, contact: Contact) -> Contact:
        """Store a contact, new or changed."""
        kept = self.session.merge(contact)
        self.session.flush()
        return kept

    def find(self, contact_id: UUID) -> Contact | None:
        """A contact, or None while nobody has told of him."""
        with self.session.no_autoflush:  # Contacts are flushed as they are kept.
            found = self.session.get(Contact, contact_id)
        if found is not None:
            self._held.append(found)
        return found

    def read(self, ids: Collection[UUID]) -> None:
        """Read several contacts at once, for ``find`` and ``get``."""
        if ids:
            self._held += self.session.scalars(select(Contact).where(contacts.c.id.in_(ids)))

    def get(self, contact_id: UUID) -> Contact:
        """A contact of whom somebody told. Raises NotFound."""
        found = self.find(contact_id)
        if found is None:
            raise NotFound("There is no such contact.")
        return found

    def of_customer(self, contact_id: UUID, *, seen_from: str) -> Contact:
        """A contact of a customer or of a case who can be written to, of a unit at or below
        ``seen_from``. Raises NotFound."""
        of = contacts.c
        query = select(Contact).where(
            of.id == contact_id,
            of.kind != ContactKind.PERSON,
            of.active,
            within(of.org_unit, seen_from),
        )
        found = self.session.scalar(query)
        if found is None:
            raise NotFound("There is no such contact, or none that you may see.")
        return found

    def seen(self, contact_id: UUID, *, unit: str) -> Contact:
        """The contact of a customer, who is there, of ``unit`` or below. Raises NotFound."""
        of = contacts.c
        query = select(Contact).where(
            of.id == contact_id,
            of.kind == ContactKind.CUSTOMER_CONTACT,
            of.active,
            within(of.org_unit, unit),
        )
        found = self.session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such contact, or none that you may see.")
        return found

    def belonging_to(self, customer_id: UUID) -> Sequence[Contact]:
        """The contacts of a customer, by id."""
        of = contacts.c
        query = select(Contact).where(
            of.customer_id == customer_id, of.kind == ContactKind.CUSTOMER_CONTACT
        )
        return self.session.scalars(query.order_by(of.id)).all()

    def only_one_of(self, customer_id: UUID) -> Contact | None:
        """The contact of a customer who has a single one that can be written to; of several nobody
        knows who it is that a case is about."""
        of = contacts.c
        query = select(Contact).where(
            of.customer_id == customer_id, of.kind == ContactKind.CUSTOMER_CONTACT, of.active
        )
        found = self.session.scalars(query.limit(2)).all()
        return found[0] if len(found) == 1 else None

    def alone(self, contact_id: UUID) -> None:
        """Let nobody else find or keep this contact before our commit.

        A row that does not exist cannot be locked, and a message held for it must not miss its
        arrival. SQLite has one writer at a time anyway.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            key = func.hashtextextended(f"contact/{contact_id}", 0)
            self.session.execute(select(func.pg_advisory_xact_lock(key)))
