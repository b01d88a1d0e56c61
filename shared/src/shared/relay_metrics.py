"""What a relay tells Prometheus. One process may hold several relays, so each has its label."""

from prometheus_client import Counter, Gauge

PENDING = Gauge("huiyin_outbox_pending", "Events not yet published", ["service"])
OLDEST = Gauge("huiyin_outbox_oldest_age_seconds", "Age of the oldest of them", ["service"])
PUBLISHED = Counter("huiyin_events_published", "Events confirmed and marked", ["service"])
FAILURES = Counter("huiyin_publish_failures", "Times the broker or database failed", ["service"])
BLOCKED = Gauge("huiyin_broker_blocked", "1 while the broker takes nothing", ["service"])
ACTIVE = Gauge("huiyin_relay_active", "1 while this process holds the lease", ["service"])
