"""Waiting grows with each failure, stays under its cap, and differs from one to the next."""

from hypothesis import given
from hypothesis import strategies as st

from shared.backoff import full_jitter


@given(attempt=st.integers(1, 10_000))
def test_a_wait_lies_between_nothing_and_the_doubled_first_one_or_the_cap(attempt: int) -> None:
    most = min(300.0, 2.0 ** min(attempt - 1, 60))
    assert 0.0 <= full_jitter(attempt, first=1.0, cap=300.0) <= most


def test_those_who_failed_together_do_not_come_back_together() -> None:
    waits = {full_jitter(5, first=1.0, cap=300.0) for _ in range(50)}
    assert len(waits) == 50
    assert max(waits) - min(waits) > 4.0
