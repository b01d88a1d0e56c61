"""How many segments a text takes as a short message, at each boundary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.sms_lengths import Alphabet, SmsLimit, fits, measured, signed


@pytest.mark.parametrize(
    ("text", "alphabet", "places", "segments"),
    [
        ("", Alphabet.GSM, 0, 1),
        ("a" * 160, Alphabet.GSM, 160, 1),
        ("a" * 161, Alphabet.GSM, 161, 2),
        ("a" * 306, Alphabet.GSM, 306, 2),
        ("a" * 307, Alphabet.GSM, 307, 3),
        ("€" * 80, Alphabet.GSM, 160, 1),
        ("a" * 159 + "€", Alphabet.GSM, 161, 2),
        ("a" * 152 + "€" + "a" * 152, Alphabet.GSM, 306, 3),  # an escape is not cut off
        ("àé£ÄÖ¿{}[]~|^\\", Alphabet.GSM, 22, 1),
        ("中" * 70, Alphabet.UCS2, 70, 1),
        ("中" * 71, Alphabet.UCS2, 71, 2),
        ("中" * 134, Alphabet.UCS2, 134, 2),
        ("中" * 135, Alphabet.UCS2, 135, 3),
        ("a" * 70 + "ç", Alphabet.UCS2, 71, 2),  # small ç is not in the alphabet, Ç is
        ("a" * 160 + "`", Alphabet.UCS2, 161, 3),
        ("😀" * 35, Alphabet.UCS2, 70, 1),
        ("中" * 66 + "😀" + "中" * 66, Alphabet.UCS2, 134, 3),  # a pair is not cut in two
    ],
)
def test_a_text_is_measured_by_its_alphabet(text, alphabet, places, segments):
    found = measured(text)

    assert (alphabet, places, segments) == (found.alphabet, found.places, found.segments)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=700))
def test_segments_hold_the_text_and_are_none_too_many(text):
    found = measured(text)
    room = 153 if found.alphabet is Alphabet.GSM else 67

    assert found.segments * (room + 7) >= found.places
    assert found.segments == 1 or found.places > (found.segments - 1) * (room - 1)


def test_the_name_of_the_firm_counts_with_its_brackets():
    limit = SmsLimit(segments=1, signature=10)

    assert 10 == len(signed("", limit))
    assert (True, False) == (fits("中" * 60, limit), fits("中" * 61, limit))
    assert fits("a" * 160, SmsLimit(segments=1, signature=0))
    assert not fits("a" * 61, limit)  # the brackets alone make it 16 bits
