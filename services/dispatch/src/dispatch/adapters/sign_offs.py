"""The links by which clients sign. A code is kept as a digest, and worked out anew for whoever may
show it."""

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Uuid, select
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.sign_offs import SignOffLink
from dispatch.domain.work_orders import WorkOrder
from shared.call_limits import call_bucket_table
from shared.codes import DIGEST_BYTES, digest, read_code, spelt
from shared.encrypted_columns import EncryptedColumn, encrypt_columns, encryption_of
from shared.rules import NotFound
from shared.tables import UtcDateTime, only

sign_off_links = Table(
    "sign_off_links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_id", Uuid, ForeignKey("work_orders.id"), nullable=False),
    Column("receiver_id", Uuid, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("code_digest", LargeBinary(DIGEST_BYTES), nullable=False, unique=True),
    Column("remarks", EncryptedColumn()),
    Column("tries", Integer, nullable=False),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index(
        "ix_sign_off_links_work_order_id",
        "work_order_id",
        unique=True,
        **only("used_at IS NULL AND revoked_at IS NULL"),
    ),
)
call_buckets = call_bucket_table(metadata)
of = sign_off_links.c

mapping.map_imperatively(
    SignOffLink, sign_off_links, version_id_col=of.version, exclude_properties=["url"]
)
encrypt_columns(SignOffLink, sign_off_links)


class SignOffLinks:
    """The links of one database session. All that changes one holds the lock of its order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, link: SignOffLink) -> None:
        """Keep a link; the one before it was used or revoked."""
        self._session.flush()
        self._session.add(link)

    def open_of(self, order: WorkOrder) -> SignOffLink | None:
        """The link of an order that was neither used nor revoked; nobody else opens, uses or
        revokes one until the commit."""
        self._lock(order.id)
        query = select(SignOffLink).where(
            of.work_order_id == order.id, of.used_at.is_(None), of.revoked_at.is_(None)
        )
        return self._session.scalar(query.execution_options(populate_existing=True))

    def take(self, written: str) -> tuple[SignOffLink, WorkOrder]:
        """The link of a code, however it was written, and its order as it stands; nobody else
        changes them until the commit. Raises NotFound."""
        query = select(SignOffLink).where(of.code_digest == digest(read_code(written) or ""))
        found = self._session.scalar(query)
        if found is None:
            raise NotFound("No order is signed by this code.")
        order = self._lock(found.work_order_id)
        self._session.refresh(found)
        return found, order

    def get(self, written: str) -> tuple[SignOffLink, WorkOrder]:
        """As ``take``, to look at it. Raises NotFound."""
        query = select(SignOffLink, WorkOrder).join(WorkOrder, work_orders.c.id == of.work_order_id)
        query = query.where(of.code_digest == digest(read_code(written) or ""))
        found = self._session.execute(query).one_or_none()
        if found is None:
            raise NotFound("No order is signed by this code.")
        return found[0], found[1]

    def code_of(self, link_id: UUID) -> str:
        """The code of a link, which nobody can work out without the key of this service."""
        index = encryption_of(self._session).index
        return spelt(index(str(link_id), sign_off_links.name, "code_digest"))

    def _lock(self, order_id: UUID) -> WorkOrder:
        query = select(WorkOrder).where(work_orders.c.id == order_id).with_for_update()
        return self._session.scalars(query.execution_options(populate_existing=True)).one()
