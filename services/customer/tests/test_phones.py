"""Telephone numbers as they are kept."""

import pytest

from customer.adapters.phones import PhoneInvalid, e164


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800001234", "+8613800001234"),
        ("138 0000 1234", "+8613800001234"),
        ("+86 138-0000-1234", "+8613800001234"),
        ("010-65529988", "+861065529988"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_kept_in_e164(written, kept):
    assert kept == e164(written)


@pytest.mark.parametrize("written", ["12-34", "nobody", "+8613", "1380000123456789", "+"])
def test_what_is_no_number_is_refused_and_not_repeated(written):
    with pytest.raises(PhoneInvalid) as refused:
        e164(written)

    assert "phone_invalid" == refused.value.code
    assert written not in f"{refused.value.detail} {refused.value.extra}".split()
