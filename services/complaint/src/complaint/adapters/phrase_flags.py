"""Flagged phrases, as those see them who look after staff."""

from uuid import UUID

from sqlalchemy import Select, select

from complaint.adapters.mapping import PhraseFlag
from complaint.adapters.tables import phrase_flags
from shared.scope import within


def listed(*, unit: str, person_id: UUID | None = None) -> Select[PhraseFlag]:
    """The query of those at ``unit`` and below, of one person where he is named."""
    query = select(PhraseFlag).where(within(phrase_flags.c.org_unit, unit))
    return query if person_id is None else query.where(phrase_flags.c.person_id == person_id)
