"""Addresses that reach nobody: told once, without the address, until there is another (E-47)."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from notify.adapters.channels.aliyun import AliyunAccount, AliyunGateway
from notify.adapters.channels.posting import Poster
from notify.adapters.channels.sms import SmsChannel
from notify.domain.delivery import Form, Outcome, Result
from notify.domain.message_states import State
from notify.domain.reach import Gone
from shared.ids import new_id

from .aliyun_server import KEY_ID, KEY_SECRET, SIGN_NAME, Aliyun
from .conftest import BOTH, CONTACT, CUSTOMER, HANDLER, MONDAY, REFUSED
from .receiver import receiving

UNKNOWN = replace(REFUSED, gone=Gone.MAILBOX_UNKNOWN)
TYPE = "notify.contact_unreachable.v1"


def lost(office):
    return [data for type_, data in office.told() if type_ == TYPE]


def assign(office):
    """Another complaint, so that there is something else to say."""
    office.assigned(HANDLER, reason=f"again-{len(office.ledger())}")


def test_an_unknown_mailbox_is_told_without_its_address(planned, smtp, webhook):
    smtp.answers = [UNKNOWN]
    planned.send()

    (told,) = lost(planned)
    first, _ = planned.ledger()
    assert {
        "contact_id": str(HANDLER),
        "kind": "person",
        "customer_id": None,
        "org_unit": "shop-01",
        "channel": "smtp",
        "cause": "mailbox_unknown",
        "message_id": str(first.id),
        "since": MONDAY.isoformat(),
    } == told
    assert "wang@example.com" not in json.dumps(planned.told())
    assert [State.FAILED, State.SENT] == planned.states()


@pytest.mark.rule("CM-01")
def test_the_contact_of_a_customer_is_named_with_the_customer(office, smtp):
    office.contact({"month": 3, "day": 3}, addresses=[BOTH[0]])
    smtp.answers = [UNKNOWN]
    office.fire(at=MONDAY + timedelta(hours=23))
    office.send()

    (told,) = lost(office)
    assert (str(CONTACT), "customer_contact", str(CUSTOMER)) == (
        told["contact_id"],
        told["kind"],
        told["customer_id"],
    )


def test_a_refusal_that_says_nothing_of_the_address_is_not_told(planned, smtp):
    smtp.answers = [REFUSED]
    planned.send()

    assert [] == lost(planned)


def test_the_same_cause_is_told_once_and_another_one_again(planned, smtp):
    smtp.answers = [UNKNOWN, UNKNOWN, replace(REFUSED, gone=Gone.ADDRESS_INVALID)]
    for _ in range(3):
        planned.send()
        assign(planned)

    assert ["mailbox_unknown", "address_invalid"] == [one["cause"] for one in lost(planned)]


def test_another_address_can_be_lost_again(planned, smtp):
    smtp.answers = [UNKNOWN, UNKNOWN]
    planned.send()
    planned.person(HANDLER, addresses=[{"channel": "smtp", "address": "xiaoming@example.com"}])
    assign(planned)
    planned.send()

    assert 2 == len(lost(planned))


def test_being_told_the_same_address_again_changes_nothing(planned, smtp):
    smtp.answers = [UNKNOWN, UNKNOWN]
    planned.send()
    planned.person(HANDLER, addresses=BOTH, name="王大明")
    assign(planned)
    planned.send()

    assert 1 == len(lost(planned))


def test_another_address_of_another_channel_changes_nothing(planned, smtp):
    smtp.answers = [UNKNOWN, UNKNOWN]
    planned.send()
    planned.person(HANDLER, addresses=[BOTH[0], {**BOTH[1], "address": "https://example.org/x"}])
    assign(planned)
    planned.send()

    assert 1 == len(lost(planned))


def test_an_address_that_was_changed_while_its_server_answered_is_not_told(planned, smtp):
    def change(parcel):
        smtp.parcels.append(parcel)
        planned.person(HANDLER, addresses=[{"channel": "smtp", "address": "new@example.com"}])
        return UNKNOWN

    smtp.send = change
    planned.send()

    assert [] == lost(planned)


def test_a_person_who_is_erased_leaves_nothing_behind(planned, smtp):
    smtp.answers = [UNKNOWN]
    planned.send()
    planned.receive("customer.contact_erased.v1", {"contact_id": str(HANDLER)})

    with planned.open() as tx:
        assert (
            0
            == tx.session.connection()
            .exec_driver_sql("SELECT count(*) FROM lost_addresses")
            .scalar()
        )


@pytest.fixture
def aliyun(office):
    """A telephone, and a gateway that says what became of messages."""
    provider = Aliyun(clock=lambda: office.real.at)
    with receiving(provider) as server:
        account = AliyunAccount(
            endpoint=f"http://127.0.0.1:{server.server_port}/",
            key_id=KEY_ID,
            key_secret=KEY_SECRET,
            sign_name=SIGN_NAME,
        )
        poster = Poster("sms", theirs=False, allow_loopback=True)
        gateway = AliyunGateway(account, poster, now=lambda: office.real.at)
        channel = SmsChannel(gateway, now=lambda: office.real.at)
        office.channels["sms"] = office.reporters["sms"] = channel
        yield provider


@pytest.mark.parametrize(
    ("code", "causes"),
    [
        ("INVALID_NUMBER", ["number_void"]),
        ("MK:0001", ["number_void"]),
        ("MOBILE_NOT_ON_SERVICE", []),
        ("MK:0012", []),
    ],
)
def test_a_receipt_that_says_that_a_number_is_void_is_told(
    office, aliyun, monkeypatch, code, causes
):
    form = Form("SMS_1001", {"number": "1"})
    for module in ("sending", "receipts"):
        monkeypatch.setattr(f"notify.use_cases.{module}.form_of", lambda *_a, **_k: form)
    office.person(HANDLER, addresses=[{"channel": "sms", "address": "+8613812345678"}])
    office.assigned(HANDLER)
    with office.open() as tx:
        (message,) = tx.session.query(type(office.only())).all()
        message.channel, message.route = "sms", ()
    office.send()
    aliyun.fates[str(office.only().id)] = (2, code)
    office.later(minutes=1)
    office.ask()

    assert causes == [one["cause"] for one in lost(office)]
    assert State.FAILED is office.only().state


def test_a_gateway_that_is_not_where_it_should_be_says_nothing_of_a_number():
    outcome = Poster("sms", theirs=False).failed(404)

    assert Outcome(Result.REFUSED, "sms_404") == outcome


def report(message_id, **said):
    """A report as a mail server writes it."""
    told = {
        "action": "failed",
        "status": "5.1.1",
        "recipient": "Final-Recipient: rfc822; wang@example.com",
        "diagnostic": "smtp; 550 5.1.1 <wang@example.com>: user unknown",
        **said,
    }
    head = "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.example.com",
            "To: care@example.com",
            f"Message-ID: <{new_id()}@mx.example.com>",
            "Subject: Undelivered Mail Returned to Sender",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        ]
    )
    returned = told.get("returned", f"Message-ID: <{message_id}@example.com>\r\nSubject: x\r\n")
    parts = [
        "Content-Type: text/plain\r\n\r\nThis mail could not be delivered.\r\n",
        "Content-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.com\r\n\r\n"
        f"{told['recipient']}\r\nAction: {told['action']}\r\nStatus: {told['status']}\r\n"
        f"Diagnostic-Code: {told['diagnostic']}\r\n",
        f"Content-Type: {told.get('kind', 'text/rfc822-headers')}\r\n\r\n{returned}",
    ]
    body = "".join(f"--b1\r\n{part}\r\n" for part in parts)
    return f"{head}\r\n\r\n{body}--b1--\r\n"


@pytest.fixture
def bounce(as_):
    """``bounce(text)``: the answer to a report that the mail server hands in."""

    def hand_in(text, unit="hq"):
        caller = as_("notification_administrator", unit=unit)
        return caller.post("/v1/bounces", {"report": text})

    return hand_in


@pytest.fixture
def mailed(planned, smtp, webhook):
    """A mail that a server took."""
    planned.send()
    return planned


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_that_came_back_fails_and_goes_over_the_next_channel(mailed, bounce, kind):
    answer = bounce(report(mailed.only().id, kind=kind))
    mailed.send()

    assert (200, "bounced") == (answer.status_code, answer.json["outcome"])
    assert [
        ("smtp", State.FAILED, "dsn_5_1_1"),
        ("webhook", State.SENT, None),
    ] == mailed.lines()
    assert ["mailbox_unknown"] == [one["cause"] for one in lost(mailed)]


def test_a_mail_that_came_back_where_no_channel_is_left_is_told(planned, smtp, bounce):
    planned.send()
    bounce(report(planned.only().id))

    failed = [data for type_, data in planned.told() if type_ == "notify.message_failed.v1"]
    assert [("smtp", "dsn_5_1_1")] == [(one["channel"], one["reason"]) for one in failed]


def test_a_report_that_is_handed_in_twice_changes_nothing_more(mailed, bounce):
    text = report(mailed.only().id)
    answers = [bounce(text).json["outcome"] for _ in range(2)]

    assert ["bounced", "repeated"] == answers
    assert (2, 1) == (len(mailed.ledger()), len(lost(mailed)))


@pytest.mark.parametrize(
    ("said", "outcome", "state", "causes"),
    [
        ({"status": "5.7.1", "diagnostic": "smtp; 550 5.7.1 spam"}, "bounced", State.FAILED, []),
        ({"status": "5.2.2", "diagnostic": "smtp; 552 full"}, "bounced", State.FAILED, []),
        ({"status": "4.4.7", "diagnostic": "smtp; 451 late"}, "bounced", State.FAILED, []),
        ({"status": "5.0.0"}, "bounced", State.FAILED, ["mailbox_unknown"]),
        ({"status": "5.0.0", "diagnostic": "x-unix; 1"}, "bounced", State.FAILED, []),
        ({"status": "4.4.1", "action": "delayed"}, "passing", State.SENT, []),
        ({"status": "2.0.0", "action": "delivered"}, "passing", State.SENT, []),
        (
            {"recipient": "Final-Recipient: rfc822; somebody@example.org"},
            "bounced",
            State.FAILED,
            [],
        ),
        (
            {
                "recipient": "Original-Recipient: rfc822; WANG@example.com\r\n"
                "Final-Recipient: rfc822; somebody@example.org"
            },
            "bounced",
            State.FAILED,
            ["mailbox_unknown"],
        ),
    ],
)
def test_a_report_is_read_by_action_status_and_recipient(
    mailed, bounce, said, outcome, state, causes
):
    answer = bounce(report(mailed.only().id, **said))

    assert (outcome, state) == (answer.json["outcome"], mailed.ledger()[0].state)
    assert causes == [one["cause"] for one in lost(mailed)]


@pytest.mark.parametrize("state", [one for one in State if one not in (State.SENT, State.UNKNOWN)])
def test_only_a_mail_that_was_handed_over_can_come_back(mailed, bounce, state):
    with mailed.open() as tx:
        tx.messages.locked(mailed.only().id).state = state
    answer = bounce(report(mailed.only().id))

    expected = (200, None) if state is State.FAILED else (409, "wrong_state")
    assert expected == (answer.status_code, answer.json.get("code"))
    assert [state] == mailed.states()


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Subject: out of office\r\n\r\nI am away.",
        report(new_id(), status="never"),
        report(new_id(), returned="Message-ID: <x@example.com>\r\n"),
        report(new_id(), returned=f"Message-ID: <{'-' * 36}@example.com>\r\n"),
        report(new_id(), recipient="X-Nobody: 1"),
    ],
)
def test_what_is_no_report_is_refused(mailed, bounce, text):
    answer = bounce(text)

    assert (422, "bounce_unreadable") == (answer.status_code, answer.json["code"])
    assert [State.SENT] == mailed.states()


def test_a_mail_that_is_not_ours_to_know_is_not_found(mailed, bounce):
    told = [
        bounce(report(mailed.only().id), unit="shop-03"),
        bounce(report(new_id())),
    ]

    assert [(404, "not_found")] * 2 == [(one.status_code, one.json["code"]) for one in told]
    assert [State.SENT] == mailed.states()


def test_what_went_over_another_channel_is_no_mail(planned, webhook, bounce):
    planned.send()

    assert 404 == bounce(report(planned.only().id)).status_code
