import pytest

from shared.rules import Impossible, given


def test_what_is_there_is_given():
    assert given(0, "nothing is counted yet.") == 0


def test_what_cannot_be_missing_is_a_fault_that_says_so():
    with pytest.raises(Impossible, match="every pause has an end"):
        given(None, "every pause has an end.")
