"""Who asked for promotions."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, Integer, Select, String, Table, Uuid, delete, select
from sqlalchemy.orm import Session

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.domain.promotion_consents import PromotionConsent
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime

promotion_consents = Table(
    "promotion_consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False, index=True),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("topics", TextsColumn, nullable=False),
    Column("form", String(200), nullable=False),
    Column("wording", String(60), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)

mapping.map_imperatively(
    PromotionConsent, promotion_consents, version_id_col=promotion_consents.c.version
)


class PromotionConsents:
    """The consents of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, consent: PromotionConsent) -> None:
        """Keep a new one."""
        self._session.add(consent)

    def get(self, consent_id: UUID, *, unit: str) -> PromotionConsent:
        """The one that a person of ``unit`` sees. Raises NotFound."""
        query = self.seen_from(unit).where(promotion_consents.c.id == consent_id)
        found = self._session.scalars(query.with_for_update()).one_or_none()
        if found is None:
            raise NotFound("There is no such consent.")
        return found

    def holds(self, contact_id: UUID, topic: str | None = None) -> bool:
        """Whether a contact asked for ``topic``, or for promotions of no topic."""
        return contact_id in self.among([contact_id], topic)

    def among(self, contact_ids: Collection[UUID], topic: str | None) -> set[UUID]:
        """Who of these asked for it."""
        of = promotion_consents.c
        query = select(PromotionConsent).where(
            of.contact_id.in_(contact_ids), of.withdrawn_at.is_(None)
        )
        return {one.contact_id for one in self._session.scalars(query) if one.covers(topic)}

    def forget(self, contact_id: UUID) -> None:
        """Keep none of a contact who is erased."""
        of = promotion_consents.c
        self._session.execute(delete(promotion_consents).where(of.contact_id == contact_id))

    def listed(self, *, unit: str, contact_id: UUID | None) -> Select[PromotionConsent]:
        """The query of what a person of ``unit`` sees, of one contact or of all."""
        query = self.seen_from(unit)
        if contact_id is not None:
            query = query.where(promotion_consents.c.contact_id == contact_id)
        return query

    def seen_from(self, unit: str) -> Select[PromotionConsent]:
        """All that lies in ``unit`` and below."""
        return select(PromotionConsent).where(within(promotion_consents.c.org_unit, unit))
