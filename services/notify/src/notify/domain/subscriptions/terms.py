"""How long deliveries are tried, and how long what became of them is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the settings say, for all subscriptions.

    A delivery is tried for ``retry_hours`` after its first try; pauses grow from
    ``first_pause_seconds`` to ``last_pause_seconds``. A secret that was replaced signs for
    ``overlap_hours`` more. Deliveries are kept for ``kept_days`` after their event.
    """

    retry_hours: int = 72
    first_pause_seconds: float = 5.0
    last_pause_seconds: float = 14_400.0
    overlap_hours: int = 24
    kept_days: int = 30

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=self.overlap_hours)

    @property
    def kept(self) -> timedelta:
        return timedelta(days=self.kept_days)

    def spent(self, since: datetime, *, real: datetime) -> bool:
        """Whether what has failed since then is not tried any more. Both are real time."""
        return real >= since + timedelta(hours=self.retry_hours)
