"""What people opted out of."""

from uuid import UUID

from sqlalchemy import Column, Integer, Table, Uuid
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

    def of(self, person_id: UUID) -> Preferences:
        """Those of a person; of one who never said anything, none."""
        found = self._session.get(Preferences, person_id)
        return found or Preferences(person_id=person_id)

    def keep(self, preferences: Preferences) -> None:
        """Store them, new or changed."""
        self._session.add(preferences)
        self._session.flush()

    def forget(self, person_id: UUID) -> None:
        """Keep nothing of what a person wanted."""
        found = self._session.get(Preferences, person_id)
        if found is not None:
            self._session.delete(found)
