"""What people opted out of."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, Integer, Table, Uuid, select
from sqlalchemy.orm import Session

from notify.adapters.columns import mapping, metadata
from notify.domain.preferences import OptOut, Preferences
from shared.columns import AsJson

preferences = Table(
    "preferences",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("opt_outs", AsJson(lambda rows: tuple(OptOut(**row) for row in rows)), nullable=False),
    Column("version", Integer, nullable=False),
)

mapping.map_imperatively(Preferences, preferences, version_id_col=preferences.c.version)


class PreferenceRows:
    """The preferences of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: dict[UUID, Preferences] = {}

    def of(self, person_id: UUID) -> Preferences:
        """Those of a person; of one who never said anything, none."""
        if person_id not in self._seen:
            with self._session.no_autoflush:  # They are flushed as they are kept.
                found = self._session.get(Preferences, person_id)
            self._seen[person_id] = found or Preferences(person_id=person_id)
        return self._seen[person_id]

    def read(self, person_ids: Collection[UUID]) -> None:
        """Read those of several persons at once, for ``of``."""
        if person_ids:
            named = preferences.c.person_id.in_(person_ids)
            found = self._session.scalars(select(Preferences).where(named))
            told = {one.person_id: one for one in found}
            for one in person_ids:
                self._seen[one] = told.get(one) or Preferences(person_id=one)

    def keep(self, preferences: Preferences) -> None:
        """Store them, new or changed."""
        self._session.add(preferences)
        self._session.flush()

    def forget(self, person_id: UUID) -> None:
        """Keep nothing of what a person wanted."""
        found = self._session.get(Preferences, person_id)
        self._seen.pop(person_id, None)
        if found is not None:
            self._session.delete(found)
