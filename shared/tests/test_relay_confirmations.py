"""Which rows count as confirmed, whatever order the broker confirms them in."""

import pytest

from shared.confirmations import Batch, Confirmations
from shared.outgoing import PublishFailed


def certain(_: float) -> str | None:
    return None


@pytest.fixture
def confirmations() -> Confirmations:
    return Confirmations()


def batch_of(size: int, confirmations: Confirmations) -> Batch:
    batch = Batch(size, certain)
    for _ in range(size):
        confirmations.expect(batch)
    return batch


def test_a_batch_is_done_when_each_of_its_rows_is_confirmed(confirmations: Confirmations) -> None:
    batch = batch_of(3, confirmations)
    for tag in (3, 1):
        confirmations.confirm(tag, several=False)
        assert batch.wait(0.0) is False
    confirmations.confirm(2, several=False)
    assert (True, 0) == (batch.wait(0.0), confirmations.outstanding())


def test_one_confirmation_may_stand_for_all_before_it(confirmations: Confirmations) -> None:
    first, second = batch_of(2, confirmations), batch_of(3, confirmations)
    confirmations.confirm(4, several=True)
    assert (True, False, 1) == (first.wait(0.0), second.wait(0.0), confirmations.outstanding())
    confirmations.confirm(5, several=True)
    assert second.wait(0.0) is True


def test_a_later_batch_may_be_confirmed_first(confirmations: Confirmations) -> None:
    first, second = batch_of(1, confirmations), batch_of(1, confirmations)
    confirmations.confirm(2, several=False)
    assert (False, True) == (first.wait(0.0), second.wait(0.0))


def test_an_empty_batch_is_done_at_once() -> None:
    assert Batch(0, certain).wait(0.0) is True


def test_a_batch_in_doubt_says_why() -> None:
    with pytest.raises(PublishFailed, match="refused by a queue"):
        Batch(1, lambda _: "refused by a queue").wait(0.0)


def test_a_doubt_does_not_undo_what_was_confirmed(confirmations: Confirmations) -> None:
    batch = Batch(1, lambda _: "connection lost")
    confirmations.expect(batch)
    confirmations.confirm(1, several=False)
    assert batch.wait(0.0) is True


def test_giving_up_wakes_who_waits(confirmations: Confirmations) -> None:
    batch = Batch(1, lambda _: "connection lost")
    confirmations.expect(batch)
    confirmations.give_up()
    with pytest.raises(PublishFailed, match="connection lost"):
        batch.wait(60.0)
