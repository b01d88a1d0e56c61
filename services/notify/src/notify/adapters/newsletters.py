"""The issues of newsletters."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Select, String, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.adapters.contacts import contacts
from notify.domain import newsletters as domain
from notify.domain.contacts import Contact, ContactKind
from notify.domain.newsletter_states import IssueState
from notify.domain.newsletters import Audience, Newsletter
from shared.columns import AsJson, BecauseColumn
from shared.encrypted_columns import EncryptedColumn, encrypt_columns
from shared.envelope import plain
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime, by_value


def _audience(data: Mapping[str, Any]) -> Audience:
    named = {name: tuple(data[name]) for name in ("kinds", "sizes", "grades")}
    return Audience(**named, key_accounts=data["key_accounts"])


def _texts(text: str) -> dict[str, domain.Text]:
    return {language: domain.Text(**said) for language, said in json.loads(text).items()}


def _texts_text(texts: Mapping[str, domain.Text]) -> str:
    return json.dumps({language: plain(said) for language, said in texts.items()})


newsletters = Table(
    "newsletters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("topic", String(40), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("audience", AsJson(_audience), nullable=False),
    Column("texts", EncryptedColumn(_texts, write=_texts_text), nullable=False),
    Column("send_at", UtcDateTime, nullable=False),
    Column("approvers", TextsColumn, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("editor_id", String(80), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", by_value(IssueState), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcDateTime),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
    Index("ix_newsletters_org_unit_topic", "org_unit", "topic", "send_at"),
)

mapping.map_imperatively(Newsletter, newsletters, version_id_col=newsletters.c.version)
encrypt_columns(Newsletter, newsletters)


class Newsletters:
    """The issues of one database session. One is seen from each unit at or above its own."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, issue: Newsletter) -> None:
        """Keep a new one."""
        self._session.add(issue)
        self._session.flush()

    def get(self, issue_id: UUID, *, unit: str) -> Newsletter:
        """The one that a person of ``unit`` sees. Raises NotFound."""
        return self._one(self.seen_from(unit).where(newsletters.c.id == issue_id))

    def to_change(self, issue_id: UUID, *, unit: str) -> Newsletter:
        """The same one, which nobody else changes until the commit. Raises NotFound."""
        query = self.seen_from(unit).where(newsletters.c.id == issue_id)
        return self._one(query.with_for_update())

    def locked(self, issue_id: UUID) -> Newsletter:
        """The one that a timer is about. Raises NotFound."""
        query = select(Newsletter).where(newsletters.c.id == issue_id)
        return self._one(query.with_for_update())

    def followed(self, issue: Newsletter) -> bool:
        """Whether a later issue about the same in the same unit is under way or out."""
        of = newsletters.c
        live = (IssueState.PROPOSED, IssueState.APPROVED, IssueState.SENDING, IssueState.SENT)
        later = select(of.id).where(
            of.org_unit == issue.org_unit,
            of.topic == issue.topic,
            of.send_at > issue.send_at,
            of.state.in_(live),
        )
        return self._session.scalar(later.limit(1)) is not None

    def readers(self, unit: str, *, behind: UUID | None, most: int) -> Sequence[Contact]:
        """The next ``most`` active contacts of customers in ``unit`` and below, by id."""
        of = contacts.c
        query = select(Contact).where(
            within(of.org_unit, unit), of.active, of.kind == ContactKind.CUSTOMER_CONTACT
        )
        if behind is not None:
            query = query.where(of.id > behind)
        return self._session.scalars(query.order_by(of.id).limit(most)).all()

    def listed(
        self, *, unit: str, topic: str | None, state: IssueState | None
    ) -> Select[Newsletter]:
        """The query of what a person of ``unit`` sees, of one topic or state or of all."""
        query = self.seen_from(unit)
        if topic is not None:
            query = query.where(newsletters.c.topic == topic)
        return query if state is None else query.where(newsletters.c.state == state)

    def seen_from(self, unit: str) -> Select[Newsletter]:
        """All that lies in ``unit`` and below."""
        return select(Newsletter).where(within(newsletters.c.org_unit, unit))

    def _one(self, query: Select[Newsletter]) -> Newsletter:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such issue, or none that you may see.")
        return found
