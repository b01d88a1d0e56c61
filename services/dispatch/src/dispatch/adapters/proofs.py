"""What proves signatures, and their pictures: only added, and sealed.

The columns in the clear never change. Those that stand encrypted cannot be changed without being
found out, so the database lets them be encrypted anew, and emptied when somebody is erased.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.proofs import Device, Evidence, Part, Proof, Relation, Spot
from dispatch.domain.signature_images import PhotographUnknown, SignatureImage
from dispatch.domain.verification import Kept
from dispatch.domain.work_order_rules import Kind
from dispatch.domain.work_orders import WorkOrder
from shared.encrypted_columns import EncryptedColumn, encrypt_columns, encryption_of
from shared.encryption import DecryptionFailed, KeysMissing, Place
from shared.envelope import plain
from shared.file_types import MediaType
from shared.tables import UtcDateTime, by_value
from shared.unchanging import only_added

SHA256_LENGTH = 64
# Whoever alters a ciphertext may let it name a key that there is not.
UNREADABLE = (DecryptionFailed, KeysMissing)


def _evidence(text: str) -> Evidence:
    data: dict[str, Any] = json.loads(text)
    reads: dict[str, Callable[[Any], Any]] = {
        "part": Part,
        "kind": Kind,
        "relation": Relation,
        "device": Device,
        "signed_at": datetime.fromisoformat,
        "received_at": datetime.fromisoformat,
        "device_at": datetime.fromisoformat,
        "spot": lambda spot: Spot(**spot),
    }
    found = {name: data[name] and read(data[name]) for name, read in reads.items()}
    return Evidence(**{**data, **found})


def _evidence_text(evidence: Evidence) -> str:
    return json.dumps(plain(evidence))


def _bytes_text(content: bytes) -> str:
    return b64encode(content).decode()


signature_images = Table(
    "signature_images",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_id", Uuid, ForeignKey("work_orders.id"), nullable=False, index=True),
    Column("media_type", by_value(MediaType), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(SHA256_LENGTH), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", Uuid),
    Column("content", EncryptedColumn(b64decode, write=_bytes_text)),
)
signature_proofs = Table(
    "signature_proofs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_id", Uuid, ForeignKey("work_orders.id"), nullable=False),
    Column("part", by_value(Part), nullable=False),
    Column("kind", by_value(Kind), nullable=False),
    Column("receiver_id", Uuid, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("digest", String(SHA256_LENGTH), nullable=False),
    Column("image_id", Uuid, ForeignKey("signature_images.id")),
    Column("evidence", EncryptedColumn(_evidence, write=_evidence_text)),
    Index("ix_signature_proofs_work_order_id_part", "work_order_id", "part"),
)


def _same(*names: str) -> str:
    """That an update leaves columns as they are, in words of SQLite and PostgreSQL."""
    return " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in names)


for table in (signature_images, signature_proofs):
    clear = [c.name for c in table.columns if not isinstance(c.type, EncryptedColumn)]
    only_added(table, unless=_same(*clear))

of = signature_proofs.c
mapping.map_imperatively(SignatureImage, signature_images)
encrypt_columns(SignatureImage, signature_images)
mapping.map_imperatively(Proof, signature_proofs)
encrypt_columns(Proof, signature_proofs)


class Proofs:
    """The proofs and pictures of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proof: Proof) -> None:
        """Keep a proof, whose picture was kept before."""
        self._session.add(proof)

    def get(self, proof_id: UUID) -> Proof | None:
        """A proof with what it seals. Raises DecryptionFailed where somebody altered it."""
        return self._session.get(Proof, proof_id)

    def add_image(self, image: SignatureImage) -> None:
        """Keep a picture, so that a proof may name it."""
        self._session.add(image)
        self._session.flush()

    def photographs(self, order_id: UUID) -> int:
        """How many photographs of an order there are."""
        images = signature_images.c
        query = select(func.count()).where(
            images.work_order_id == order_id, images.added_by.is_not(None)
        )
        return self._session.scalars(query).one()

    def photograph(self, order: WorkOrder, image_id: UUID) -> SignatureImage:
        """What the present receiver of an order photographed. Raises PhotographUnknown."""
        images = signature_images.c
        query = select(SignatureImage).where(
            images.id == image_id,
            images.work_order_id == order.id,
            images.added_by == order.receiver_id,
        )
        found = self._session.scalar(query)
        if found is None:
            raise PhotographUnknown(
                "the receiver has taken no such photograph",
                errors={"client_signature": {"photograph_id": ["is not known"]}},
            )
        return found

    def waiting(self, order: WorkOrder) -> Proof | None:
        """What the client signed last by the link of the present receiver; an order that is given
        out anew begins anew."""
        query = select(Proof).where(
            of.work_order_id == order.id,
            of.kind == Kind.LINK,
            of.receiver_id == order.receiver_id,
            of.signed_at >= order.issued_at,
        )
        return self._session.scalar(query.order_by(of.signed_at.desc(), of.id.desc()).limit(1))

    def parts(self, order_id: UUID) -> frozenset[Part]:
        """Which signatures an order ever had."""
        query = select(of.part).where(of.work_order_id == order_id).distinct()
        return frozenset(self._session.scalars(query))

    def kept(self, proof_id: UUID | None) -> Kept | None:
        """What the database holds of the proof that a signature names, whoever changed it; None
        where it names none."""
        if proof_id is None:
            return None
        return self.looked_at(of.id == proof_id) or Kept(proof=None, broken=True)

    def last_by_link(self, order_id: UUID, receiver_id: UUID | None) -> Kept | None:
        """The same of what the client signed last by the link of a receiver."""
        last = (
            select(of.id)
            .where(of.work_order_id == order_id, of.kind == Kind.LINK)
            .where(of.receiver_id == receiver_id)
            .order_by(of.signed_at.desc(), of.id.desc())
            .limit(1)
        )
        return self.looked_at(of.id == last.scalar_subquery())

    def looked_at(self, which: ColumnElement[bool]) -> Kept | None:
        """A proof as it lies there: a seal that does not open is told, and stops nothing."""
        row = self._session.execute(select(signature_proofs).where(which)).one_or_none()
        if row is None:
            return None
        values = dict(row._mapping)
        try:
            sealed = self._opened(row, "evidence", signature_proofs)
        except UNREADABLE:
            return Kept(proof=Proof(**{**values, "evidence": None}), broken=True)
        evidence = None if sealed is None else _evidence(sealed)
        return Kept(
            proof=Proof(**{**values, "evidence": evidence}), picture=self._picture(row.image_id)
        )

    def image_of(self, proof: Proof) -> SignatureImage | None:
        """The picture of a proof."""
        return self._session.get(SignatureImage, proof.image_id) if proof.image_id else None

    def _picture(self, image_id: UUID | None) -> str | None:
        """The SHA-256 of a picture as it lies there."""
        query = select(signature_images).where(signature_images.c.id == image_id)
        row = self._session.execute(query).one_or_none()
        try:
            sealed = None if row is None else self._opened(row, "content", signature_images)
        except UNREADABLE:
            return None
        return None if sealed is None else sha256(b64decode(sealed)).hexdigest()

    def _opened(self, row: Row[Any], column: str, table: Table) -> str | None:
        value = getattr(row, column)
        place = Place(table.name, column, row.id)
        return None if value is None else encryption_of(self._session).decrypt(value, place)


TABLES: Sequence[Table] = (signature_images, signature_proofs)
