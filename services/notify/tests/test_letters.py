"""Letters and cards: they wait until somebody has posted them, and are printed as they are said."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from notify.adapters.letters import TEMPLATE, LetterPress
from notify.domain.delivery import PRINT
from notify.domain.letters import Layout, Letter
from notify.domain.message_states import State
from notify.domain.messages import Purpose
from notify.main import create_desk
from notify.settings import Settings
from plain_type import ASCII, SIGNS, plain_type
from shared.clock import SystemClock
from shared.ids import new_id
from shared.press.type import NEEDED
from shared.tables import audit

from .conftest import BOTH, CONTACT, HANDLER, MONDAY

SENDER = "回音公司 · 上海市幸福路1号"
POSTAL = {"channel": "print", "address": "上海市徐汇区\n幸福路 2 号 3 楼"}
INJECTED = '#read("/etc/passwd") #import "@preview/x:1.0.0" *b* $x$ `r` <l> @l // \\ = ]] {}'
ROLE = "customer_service_team"
TOLD = "王小明您好新的投诉待处理级已转到处请立即跟进:,。()年月日第段"


def typed(folder):
    """Type in which programs can read what these tests print."""
    texts = f"{SENDER}{POSTAL['address']}{NEEDED}{TOLD}"
    known = {*ASCII, *SIGNS, *(ord(char) for char in texts if char != "\n")}
    return plain_type(folder, characters=tuple(sorted(known)), legible=True)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    """A press that needs no font of the machine."""
    return LetterPress(SENDER, str(typed(tmp_path_factory.mktemp("type"))))


@pytest.fixture
def posting(office, press, smtp, webhook):
    """Paper comes first for somebody, and mail after it."""
    office.by_hand, office.press = frozenset({PRINT}), press
    office.person(HANDLER, addresses=[POSTAL, BOTH[1]])
    office.assigned(HANDLER)
    with office.open() as tx:
        message = tx.messages.locked(office.only().id)
        message.channel, message.route = PRINT, ("webhook",)
    return office


@pytest.fixture
def laid_out(posting):
    posting.send()
    return posting


@pytest.fixture
def letters(as_):
    caller = as_(ROLE)

    def listed(**query):
        answer = caller.get("/v1/letters", query_string=query)
        assert answer.status_code == 200, answer.text
        return [one["message_id"] for one in answer.json["items"]]

    return listed


def do(as_, message, act, unit="hq"):
    return as_(ROLE, unit=unit).post(f"/v1/letters/{message.id}/{act}", {})


def test_a_letter_waits_in_the_queue_until_it_is_posted(laid_out, letters, as_):
    message = laid_out.only()
    waiting = letters(), laid_out.lines()
    answer = do(as_, message, "postings")

    assert ([str(message.id)], [("print", State.HELD, "to_be_posted")]) == waiting
    assert (200, "sent") == (answer.status_code, answer.json["state"])
    assert ([], [str(message.id)]) == (letters(), letters(state="sent"))
    assert MONDAY == laid_out.only().sent_at
    assert {} == laid_out.timers()


def test_sending_goes_on_and_leaves_it_there(laid_out):
    laid_out.later(days=1)
    laid_out.send()

    assert [("print", State.HELD, "to_be_posted")] == laid_out.lines()


@pytest.mark.rule("CM-01")
def test_a_card_that_is_posted_is_care_that_was_given(office, press, as_):
    office.by_hand, office.press = frozenset({PRINT}), press
    office.contact({"month": 3, "day": 3}, addresses=[POSTAL])
    office.fire(at=MONDAY + timedelta(hours=23))
    with office.open() as tx:
        message = tx.messages.locked(office.only().id)
        message.channel, message.route = PRINT, ()
    office.send()
    before = office.told()
    do(as_, office.only(), "postings")

    assert ([], ["notify.care_sent.v1"]) == (before, [type_ for type_, _ in office.told()])
    assert str(CONTACT) == office.told()[0][1]["contact_id"]


def test_a_letter_that_nobody_posts_in_time_is_not_sent(laid_out, as_):
    message = laid_out.only()
    laid_out.fire(at=message.expires_at)
    in_time = laid_out.states()
    laid_out.fire(at=message.expires_at + timedelta(seconds=1))

    assert ([State.HELD], ("print", State.SUPPRESSED, "too_late")) == (
        in_time,
        laid_out.lines()[0],
    )
    assert 409 == do(as_, message, "postings").status_code


def test_who_leaves_is_not_written_to(laid_out, letters):
    laid_out.person(HANDLER, addresses=[POSTAL], active=False)

    assert (State.SUPPRESSED, "contact_inactive", []) == (*laid_out.lines()[0][1:], letters())


def test_who_has_moved_into_the_net_is_told_there(laid_out):
    laid_out.person(HANDLER, addresses=[BOTH[1]])
    laid_out.send()

    assert [("webhook", State.SENT, None)] == laid_out.lines()


def test_where_nothing_is_printed_the_next_channel_follows(posting):
    posting.by_hand = frozenset()
    posting.send()

    assert [("webhook", State.SENT, None)] == posting.lines()


def test_a_letter_that_came_back_is_followed_by_the_next_channel_and_told(laid_out, as_):
    message = laid_out.only()
    do(as_, message, "postings")
    answer = do(as_, message, "returns")
    laid_out.send()

    assert (200, "failed") == (answer.status_code, answer.json["state"])
    assert [
        ("print", State.FAILED, "letter_returned"),
        ("webhook", State.SENT, None),
    ] == laid_out.lines()
    ((_, told),) = laid_out.told()
    assert ("print", "address_invalid") == (told["channel"], told["cause"])


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize(
    ("act", "allowed"), [("postings", ()), ("returns", (State.SENT,))], ids=["post", "return"]
)
def test_every_state_has_an_answer_to_each_command(laid_out, as_, state, act, allowed):
    with laid_out.open() as tx:
        message = tx.messages.locked(laid_out.only().id)
        message.state, message.state_reason = state, "another_reason"
    answer = do(as_, message, act)

    expected = (200, None) if state in allowed else (409, "wrong_state")
    assert expected == (answer.status_code, answer.json.get("code"))


@pytest.mark.parametrize("act", ["postings", "returns"])
def test_what_is_no_letter_or_not_ours_is_not_found(laid_out, as_, act):
    message = laid_out.only()
    foreign = do(as_, message, act, unit="shop-03")
    with laid_out.open() as tx:
        tx.messages.locked(message.id).channel = "webhook"

    assert [404, 404] == [foreign.status_code, do(as_, message, act).status_code]


def pdf(as_, message, unit="hq", role=ROLE):
    return as_(role, unit=unit).get(f"/v1/letters/{message.id}/pdf")


def test_a_letter_is_printed_as_it_is_said_and_the_same_each_time(laid_out, as_):
    first, second = (pdf(as_, laid_out.only()) for _ in range(2))
    sheets = PdfReader(io.BytesIO(first.data)).pages
    text = "".join("".join(page.extract_text() for page in sheets).split())

    assert (200, "application/pdf") == (first.status_code, first.content_type)
    assert first.data == second.data
    for line in ("王小明", "上海市徐汇区", "幸福路 2 号 3 楼", "2026年3月2日", SENDER):
        assert "".join(line.split()) in text
    assert "".join(laid_out.only().title.split()) in text


def test_the_audit_log_keeps_who_was_shown_a_letter(laid_out, as_, office):
    message = laid_out.only()
    pdf(as_, message)

    with office.sessions() as session:
        (row,) = session.execute(select(audit).where(audit.c.action == "letter.shown"))
    assert ("li", message.key) == (row.actor, row.subject)


def test_a_letter_is_shown_to_those_alone_who_print_it(laid_out, as_):
    message = laid_out.only()
    answers = [
        pdf(as_, message, role="auditor").status_code,
        pdf(as_, message, unit="shop-03").status_code,
        as_(ROLE).get(f"/v1/letters/{new_id()}/pdf").status_code,
    ]
    with laid_out.open() as tx:
        tx.messages.blank(HANDLER)

    assert [403, 404, 404, 404] == [*answers, pdf(as_, message).status_code]


def test_without_type_nothing_is_printed(laid_out, request):
    laid_out.press = LetterPress(SENDER, "")
    as_ = request.getfixturevalue("as_")

    assert "type_missing" == pdf(as_, laid_out.only()).json["code"]


def letter(office, **facts):
    """A letter with words of our own."""
    message = office.only()
    for name, value in facts.items():
        setattr(message, name, value)
    with office.open() as tx:
        return Letter(message, tx.contacts.get(HANDLER))


def pages(press, made):
    return [one.extract_text() for one in PdfReader(io.BytesIO(press.print(made))).pages]


@pytest.mark.parametrize("purpose", Purpose)
def test_no_text_is_a_command_to_the_template(posting, press, purpose):
    posting.person(HANDLER, name=INJECTED, addresses=[{**POSTAL, "address": INJECTED}])
    made = letter(posting, title=INJECTED, body=INJECTED, purpose=purpose)
    text = "".join("".join(pages(press, made)).split())

    assert 4 == text.count("".join(INJECTED.split()))


@pytest.mark.parametrize(
    ("purpose", "layout", "size"),
    [
        (Purpose.SERVICE, Layout.LETTER, (595, 842)),
        (Purpose.CARE, Layout.CARD, (595, 420)),
        (Purpose.PROMOTION, Layout.CARD, (595, 420)),
    ],
)
def test_what_is_said_for_courtesy_is_a_card(posting, press, purpose, layout, size):
    made = letter(posting, purpose=purpose)
    sheets = PdfReader(io.BytesIO(press.print(made))).pages

    assert layout is made.layout
    assert size == tuple(round(side) for side in sheets[0].mediabox[2:])


def test_the_address_stands_in_the_window(posting, press):
    """DIN 5008 B: from 45 to 90 mm below the edge, and 20 mm from the left."""
    found = {}

    def keep(text, matrix, *_):
        if text.strip():
            found[text.strip()] = matrix[4] / 72 * 25.4, (841.89 - matrix[5]) / 72 * 25.4

    page = PdfReader(io.BytesIO(press.print(letter(posting)))).pages[0]
    page.extract_text(visitor_text=keep)
    lines = {text: found[text] for text in ("王小明", "上海市徐汇区", "幸福路 2 号 3 楼")}

    assert {20} == {round(left) for left, _ in lines.values()}
    assert all(45 <= top <= 90 for _, top in lines.values()), lines


def test_a_long_letter_goes_on_on_a_second_page(posting, press):
    body = "\n".join(f"第{number}段。" for number in range(40))

    assert 2 == len(pages(press, letter(posting, body=body)))


def test_the_press_warns_of_nothing(posting, press):
    for purpose in Purpose:
        paper = press.paper_of(letter(posting, purpose=purpose))
        _, warnings = press._press.compiler(TEMPLATE, paper).compile_with_warnings(format="pdf")
        assert [] == warnings


def test_what_the_type_lacks_is_shown_by_its_code(posting, tmp_path):
    plain = LetterPress("x", str(typed(tmp_path)))

    assert "[U+202E]" in "".join(pages(plain, letter(posting, body="a\u202eb")))
    assert max(ASCII) < 0x202E


def test_a_line_of_the_sender_switches_letters_on():
    base = {"database_url": "sqlite://", "broker_url": "memory://", "jwks": "x", "issuer": "x"}
    desks = [
        create_desk(Settings(**base, **more), SystemClock())
        for more in ({}, {"print_sender": SENDER})
    ]

    assert [frozenset(), frozenset({PRINT})] == [one.by_hand for one in desks]
