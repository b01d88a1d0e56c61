"""What a worker counts. One process may hold several services, so each figure names its own."""

from prometheus_client import Counter, Gauge, Histogram

LATE_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1800, 7200, 86_400)

EVENTS = Counter(
    "huiyin_inbox_events_total",
    "Events of others by what became of them: handled, late, ignored, retried or parked",
    ["service", "type", "outcome"],
)
STORED = Counter(
    "huiyin_inbox_stored_total",
    "Messages taken off the queue: fresh, repeated or quarantined",
    ["service", "outcome"],
)
RECONNECTS = Counter(
    "huiyin_consumer_connections_lost_total", "Connections to the broker given up", ["service"]
)
GAPS = Gauge(
    "huiyin_inbox_gap_subjects",
    "Subjects that have waited for a missing event for more than a minute",
    ["service"],
)
PARKED = Gauge(
    "huiyin_inbox_parked_subjects", "Subjects held by an event that is parked", ["service"]
)
PARKED_TIMERS = Gauge("huiyin_timers_parked", "Timers that kept failing", ["service"])
QUARANTINED = Gauge("huiyin_inbox_quarantined", "Messages in quarantine", ["service"])
OLDEST_DUE = Gauge(
    "huiyin_inbox_oldest_due_seconds",
    "For how long the subject that waits longest could have been handled",
    ["service"],
)
TIMERS = Counter(
    "huiyin_timers_total",
    "Timers by what became of them: fired, late_fact, retried or parked",
    ["service", "kind", "outcome"],
)
LATENESS = Histogram(
    "huiyin_timer_lateness_seconds",
    "From when a timer was due to when it fired, by the clock of the service",
    ["service"],
    buckets=LATE_BUCKETS,
)
