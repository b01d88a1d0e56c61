"""A customer looks after his case with his tracking code, and adds to it (PT-26)."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from complaint.adapters.tables import messages
from complaint.domain.feedback import FeedbackState
from complaint.domain.intake import Channel
from complaint.domain.problem_flow import ProblemState
from complaint.domain.requests import RequestState
from complaint.domain.states import State
from complaint.domain.tracking import STATUSES, Status
from shared.codes import read_code
from shared.ids import new_id
from shared.tables import journal

from .public_desk import Stranger

WORDS = {
    "received": "We have received what you told us, and will contact you soon.",
    "in_progress": "We are working on it, and will tell you how it goes.",
    "result_told": "You were told the result; we will ask you whether you are content with it.",
    "under_review": "What was done is being reviewed.",
    "closed": "It is closed. If anything is left, please turn to us.",
}


IN_CHINESE = {
    "received": "我们已收到您的反映,将尽快与您联系。",
    "in_progress": "我们正在处理,有进展会告知您。",
    "result_told": "处理结果已告知您,我们会询问您是否满意。",
    "under_review": "处理情况正在审核。",
    "closed": "已办结。如有疑问,请与我们联系。",
}


@pytest.fixture
def stranger(app):
    return Stranger(app)


@pytest.fixture
def code(stranger):
    return stranger.file().json["tracking_code"]


@pytest.fixture
def complaint(desk, code):
    with desk.open() as tx:
        return tx.trackings.get(code)


def test_every_state_of_every_kind_has_a_status():
    states = {"complaint": State, "problem": ProblemState}
    states |= {"request": RequestState, "feedback": FeedbackState}
    assert {kind: set(known) for kind, known in STATUSES.items()} == {
        kind: set(known) for kind, known in states.items()
    }


@pytest.mark.rule("PT-26")
def test_the_customer_sees_how_it_goes_from_the_filing_to_the_end(
    stranger, code, complaint, desk, clock
):
    seen = []

    def look():
        clock.at = desk.now
        shown = stranger.look(code).json
        step = shown["next"] and shown["next"]["step"]
        seen.append((shown["status"], shown["words"], step))
        assert bool(shown["next"]) == bool(shown["next"] and shown["next"]["due_at"])

    look()
    desk.contact(complaint)
    look()
    desk.tell(complaint)
    look()
    desk.answer(complaint, 1)
    look()
    desk.review(complaint, "manager")
    desk.archive(complaint, "clerk")
    look()
    steps = ("first_contact", "news", "answer_asked", None, None)
    words = {status: {"zh": IN_CHINESE[status], "en": WORDS[status]} for status in WORDS}
    assert seen == [
        (status, words[status], step) for status, step in zip(WORDS, steps, strict=True)
    ]


@pytest.mark.rule("PT-26")
def test_the_customer_sees_what_he_was_told(stranger, code, complaint, desk):
    desk.contact(complaint)
    desk.tell_progress(complaint)
    desk.tell(complaint)
    told = [one["content"] for one in stranger.look(code).json["told"]]
    read = desk.read(complaint)
    assert told == [read.contacts[0].content, read.form.told.result]


def test_nothing_of_the_house_is_shown(stranger, code, complaint, desk):
    desk.contact(complaint)
    desk.hear(complaint)
    shown = stranger.look(code)
    text = json.dumps(shown.json, ensure_ascii=False)
    names = {"number", "kind", "received_at", "status", "words", "next", "held_until"}
    assert set(shown.json) == names | {"told", "said", "files"}
    hidden = [str(one) for one in desk.people.values()] + ["李", "138", "seam", "shop-01-1/1"]
    assert [one for one in hidden if one in text] == []
    assert shown.json["said"] == []


@pytest.mark.parametrize(
    "wrong", ["", "x", "A" * 25, "A" * 26, "A" * 27, "1" * 26, "é" * 26, "A" * 100_000, "%00", "'"]
)
def test_a_code_that_is_none_answers_like_any_other(stranger, code, wrong):
    unknown = stranger.look("B" * 26)
    answer = stranger.send("GET", "/v1/public/tracking", headers={"Tracking-Code": wrong.encode()})
    told = [{**one.json, "correlation_id": ""} for one in (answer, unknown)]
    assert (answer.status_code, told[0]) == (404, told[1])
    assert stranger.send("GET", "/v1/public/tracking").status_code == 404
    assert stranger.say(wrong.encode().decode("latin-1"), "hello").status_code == 404


def test_a_code_is_read_however_it_is_written(stranger, code):
    spaced = f" {code[:4].lower()}-{code[4:13]} {code[13:]} "
    assert read_code(spaced) == code
    assert stranger.look(spaced).json["number"] == stranger.look(code).json["number"]


def test_what_the_customer_adds_is_heard_by_the_handler(stranger, code, complaint, desk, as_):
    said = stranger.say(code, "it tore further")
    assert (said.status_code, said.json["said"][0]["content"]) == (200, "it tore further")
    (told,) = desk.told("complaint.message_received.v1")
    assert (told["channel"], told["handler_id"]) == ("network_platform", str(complaint.handler_id))
    (message,) = desk.read(complaint).messages
    assert (message.channel, message.noted_by) == (Channel.NETWORK_PLATFORM, None)


def test_a_message_ends_a_pause(stranger, code, complaint, desk):
    desk.contact(complaint)
    desk.hold(complaint, until=desk.now + timedelta(days=1))
    assert stranger.look(code).json["held_until"] is not None
    assert stranger.say(code, "here is the receipt").json["held_until"] is None
    assert desk.read(complaint).pause is None
    assert desk.told("complaint.resumed.v1")[0]["ended_by"] == "customer_spoke"


def test_a_message_that_comes_again_is_heard_once(stranger, code, sessions):
    key = str(new_id())
    answers = [stranger.say(code, "hello", key=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(messages)) == 1


def test_the_key_of_one_customer_opens_nothing_to_another(stranger, app):
    one, two = (Stranger(app).file(reason=said).json["tracking_code"] for said in ("a", "b"))
    key = str(new_id())
    numbers = [stranger.say(code, "hello", key=key).json["number"] for code in (one, two)]
    assert len(set(numbers)) == 2


def test_who_spoke_stands_in_the_timeline_and_the_code_does_not(stranger, code, sessions):
    stranger.say(code, "hello")
    with sessions() as session:
        rows = session.execute(select(journal).where(journal.c.kind.contains("message"))).all()
    assert [row.actor.partition("/")[0] for row in rows] == ["tracking"]
    assert code not in repr(rows)


@pytest.mark.parametrize("content", [None, "", "x" * 4001, 7])
def test_a_message_that_says_nothing_is_refused(stranger, code, sessions, content):
    answer = stranger.say(code, content)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(messages)) == 0


def test_nothing_is_added_to_what_is_closed(stranger, code, complaint, desk):
    desk.contact(complaint)
    desk.tell(complaint)
    desk.answer(complaint, 1)
    desk.review(complaint, "manager")
    desk.archive(complaint, "clerk")
    answer = stranger.say(code, "and another thing")
    assert (answer.status_code, answer.json["code"]) == (409, "case_closed")
    assert "allowed" not in answer.json


def test_twenty_messages_an_hour_are_heard_about_a_case(stranger, app, code, clock):
    answers = [stranger.say(code, "hello").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    other = Stranger(app, "192.0.2.2")
    assert other.say(code, "hello").status_code == 429
    clock.at += timedelta(minutes=3)
    assert other.say(code, "hello").status_code == 200


def test_statuses_are_those_of_the_packs():
    assert set(WORDS) == {status.value for status in Status}
