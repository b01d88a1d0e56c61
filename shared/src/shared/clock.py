"""Where "now" comes from. Only a service's main.py makes a clock; others are given ``now``."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session


class Clock(Protocol):
    """``now`` for commands; ``at_claim`` for workers that compare due times with rows."""

    def now(self) -> datetime: ...

    def at_claim(self, session: Session) -> datetime: ...


class SystemClock:
    """Real time. Workers ask the database, so that machines whose clocks differ agree on what is
    due."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def at_claim(self, session: Session) -> datetime:
        if session.get_bind().dialect.name != "postgresql":
            return self.now()
        at: datetime = session.scalars(select(func.clock_timestamp())).one()
        return at.astimezone(UTC)


class SimulatedClock:
    """A clock that stands still until it is moved, kept in a file so that a restart goes on.

    It never goes back: an earlier instant raises ValueError.
    """

    def __init__(self, path: Path, start: datetime) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._now = self._read() or start.astimezone(UTC)
        self._write()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def at_claim(self, session: Session) -> datetime:  # noqa: ARG002 - the clock decides, not the database.
        return self.now()

    def move(self, to: datetime) -> None:
        """Set the time to ``to`` (aware). Raises ValueError when that lies in the past."""
        with self._lock:
            if to < self._now:
                raise ValueError(f"the clock stands at {self._now.isoformat()} and cannot go back")
            self._now = to.astimezone(UTC)
            self._write()

    def _read(self) -> datetime | None:
        if not self._path.exists():
            return None
        return datetime.fromisoformat(json.loads(self._path.read_text())["now"])

    def _write(self) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps({"now": self._now.isoformat()}))
        fresh.replace(self._path)
