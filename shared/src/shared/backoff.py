"""How long to wait before trying again, so that many who failed do not come back at once."""

import random


def full_jitter(attempt: int, *, first: float, cap: float) -> float:
    """Seconds to wait after failure number ``attempt`` (from 1).

    Any time between 0 and ``first``, doubled with each failure, at most ``cap`` (full jitter).
    """
    most = min(cap, first * 2.0 ** min(attempt - 1, 60))
    return random.uniform(0.0, most)  # noqa: S311 - it spreads load and keeps no secret.
