"""The webhook channel against a real server on this machine, and where it may not go."""

import json
import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from notify.adapters.channels import posting
from notify.adapters.channels.webhook import WebhookChannel
from notify.adapters.channels.webhook_targets import TargetRefused, resolve, target_of
from notify.domain.delivery import Outcome, Parcel, Result
from notify.domain.reach import Gone
from shared.clock import SystemClock
from shared.ids import new_id

from .receiver import receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_c2VjcmV0LW51bWJlci10d28tb2YtdGhlLXRlc3Rz"
PARCEL = Parcel(
    message_id=new_id(),
    attempt=1,
    channel="webhook",
    address="",
    own=True,
    person_id=new_id(),
    reason="visit_due",
    urgency="normal",
    template="visit_due",
    title="客户回访提醒",
    body="王小明,您好",
)


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


@pytest.fixture
def channel():
    return WebhookChannel(SECRET, now=SystemClock().now, allow_loopback=True)


def test_a_message_arrives_signed_and_under_its_own_id(channel, receiver):
    outcome = channel.send(replace(PARCEL, address=receiver.url))

    ((path, headers, body),) = receiver.requests
    told = Webhook(SECRET).verify(body, headers)
    assert Outcome(Result.DELIVERED) == outcome
    assert ("/hook?team=1", str(PARCEL.message_id)) == (path, headers["webhook-id"])
    assert (PARCEL.title, PARCEL.body) == (told["data"]["title"], told["data"]["body"])
    assert f"127.0.0.1:{receiver.server_port}" == headers["Host"]


# S40
def test_while_the_secret_is_replaced_both_verify(receiver):
    both = WebhookChannel(OTHER_SECRET, SECRET, now=SystemClock().now, allow_loopback=True)
    both.send(replace(PARCEL, address=receiver.url))

    ((_, headers, body),) = receiver.requests
    assert Webhook(SECRET).verify(body, headers) == Webhook(OTHER_SECRET).verify(body, headers)


def test_a_body_that_was_changed_on_the_way_is_seen(channel, receiver):
    channel.send(replace(PARCEL, address=receiver.url))

    ((_, headers, body),) = receiver.requests
    changed = json.dumps({**json.loads(body), "type": "other"})
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(changed, headers)


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, Result.DELIVERED),
        (302, Result.REFUSED),
        (400, Result.REFUSED),
        (404, Result.REFUSED),
        (410, Result.REFUSED),
        (408, Result.UNREACHABLE),
        (429, Result.UNREACHABLE),
        (500, Result.UNREACHABLE),
        (503, Result.UNREACHABLE),
    ],
)
def test_an_answer_is_read_by_its_status(channel, receiver, status, result):
    receiver.status = status
    why = "" if result is Result.DELIVERED else f"webhook_{status}"
    gone = Gone.ENDPOINT_GONE if status in (404, 410) else None

    assert Outcome(result, why, gone=gone) == channel.send(replace(PARCEL, address=receiver.url))


def test_a_redirect_is_not_followed(channel, receiver):
    receiver.status, receiver.headers = 307, {"Location": receiver.url}
    channel.send(replace(PARCEL, address=receiver.url))

    assert 1 == len(receiver.requests)


def test_no_more_of_an_answer_is_read_than_is_sensible(channel, receiver):
    receiver.status, receiver.body = 200, b"x" * 10_000_000

    assert Outcome(Result.DELIVERED) == channel.send(replace(PARCEL, address=receiver.url))


def test_an_answer_that_does_not_end_is_cut_off(channel, receiver, monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.4)
    receiver.status = 0
    before = datetime.now(UTC)
    outcome = channel.send(replace(PARCEL, address=receiver.url))

    assert Outcome(Result.DOUBTFUL, "webhook_interrupted") == outcome
    assert (datetime.now(UTC) - before).total_seconds() < 5


def test_a_receiver_that_is_away_may_come_back(channel):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
        outcome = channel.send(replace(PARCEL, address=url))

    assert Outcome(Result.UNREACHABLE, "webhook_unreachable") == outcome


def test_a_host_that_cannot_be_found_may_come_back():
    def unknown(_host, _port):
        raise socket.gaierror("no such host")

    channel = WebhookChannel(SECRET, now=SystemClock().now, resolve=unknown)
    outcome = channel.send(replace(PARCEL, address="https://no-such-host.example/"))
    assert Outcome(Result.UNREACHABLE, "webhook_unresolved") == outcome


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(address):
    for addresses in ([address], ["93.184.215.14", address]):
        with pytest.raises(TargetRefused, match="address_refused"):
            target_of(
                "https://example.com/",
                allow_loopback=False,
                resolve=lambda _host, _port, found=tuple(addresses): found,
            )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "address_refused"),
        ("https://2130706433/", "address_refused"),
        ("https://0x7f.1/", "address_refused"),
        ("https://[::ffff:127.0.0.1]/", "address_refused"),
        ("https://localhost/", "address_refused"),
        ("https://user:word@93.184.215.14/", "url_with_user"),
        ("https://93.184.215.14@127.0.0.1/", "url_with_user"),
        ("https://@127.0.0.1/", "url_with_user"),
        ("ftp://93.184.215.14/", "url_invalid"),
        ("file:///etc/passwd", "url_invalid"),
        ("gopher://127.0.0.1:6379/_FLUSHALL", "url_invalid"),
        ("https://", "url_invalid"),
        ("https://93.184.215.14:99999/", "url_invalid"),
        ("https://93.184.215.14\\@127.0.0.1/", "url_invalid"),
        ("https://93.184.215.14/\r\nHost: x", "url_invalid"),
        ("https://例子.cn/", "url_invalid"),
        (f"https://93.184.215.14/{'x' * 2000}", "url_invalid"),
    ],
)
def test_a_url_with_a_trick_in_it_is_refused(url, code):
    with pytest.raises(TargetRefused, match=code):
        target_of(url, allow_loopback=False, resolve=resolve)


def test_only_this_machine_may_be_posted_to_without_tls():
    with pytest.raises(TargetRefused, match="address_refused"):
        target_of("http://93.184.215.14/", allow_loopback=True)


def test_the_address_that_was_checked_is_the_one_connected_to(receiver):
    """A second look-up, which would lead elsewhere, does not happen."""
    answers = [["127.0.0.1"], ["192.0.2.1"]]
    channel = WebhookChannel(
        SECRET,
        now=SystemClock().now,
        allow_loopback=True,
        resolve=lambda _host, _port: answers.pop(0),
    )
    url = f"http://rebinding.example:{receiver.server_port}/"

    assert Outcome(Result.DELIVERED) == channel.send(replace(PARCEL, address=url))
    assert [["192.0.2.1"]] == answers
    assert f"rebinding.example:{receiver.server_port}" == receiver.requests[0][1]["Host"]
