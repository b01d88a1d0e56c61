"""Whether a text says what nobody may say to a customer (SC-20..SC-23, K-24)."""

import pytest

from shared.phrases import GAP_LENGTH, BannedPhrase

SHIFTING = BannedPhrase(phrase="不关我的事")
OPENING = BannedPhrase(phrase="不知道", opening=True)
SENDING = BannedPhrase(phrase="这是*的事*找他", unless=("我马上致电",))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        (SHIFTING, "这个不关我的事"),
        (SHIFTING, "不 关,我\u200b的 事!"),
        (BannedPhrase(phrase="NO"), "this is no\uff4fpe"),
        (OPENING, "不知道"),
        (OPENING, "您好!不知道。"),
        (OPENING, "尊敬的李华:\n 不知道"),
        (SENDING, "这是物流部的事,你找他吧"),
        (SENDING, "这是的事找他"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(phrase, text):
    assert phrase.stands_in(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        (SHIFTING, "这个我来处理"),
        (OPENING, "我还不知道结果"),
        (OPENING, ""),
        (SENDING, "这是物流部的事,你找他吧,我马上致电给他说明"),
        (SENDING, f"这是{'很' * (GAP_LENGTH + 1)}的事,你找他吧"),
    ],
)
def test_what_only_resembles_a_phrase_may_be_said(phrase, text):
    assert not phrase.stands_in(text)
