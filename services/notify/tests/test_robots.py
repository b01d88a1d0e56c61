"""The robots of WeCom, DingTalk and Feishu against servers that check what theirs check."""

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from notify.adapters.channels import posting
from notify.adapters.channels.robots import ROBOTS, RobotChannel
from notify.domain.delivery import Outcome, Parcel, Result
from notify.domain.reach import Gone
from shared.ids import new_id

from .receiver import receiving

NOW = datetime(2026, 3, 2, 2, 0, 0, 250_000, tzinfo=UTC)
SECRET = "SEC-0123456789"
OTHER = "SEC-of-another-robot"
KEY = "key=693a91f6"
PARCEL = Parcel(
    message_id=new_id(),
    attempt=1,
    channel="wecom",
    address="",
    own=True,
    person_id=new_id(),
    reason="visit_due",
    urgency="normal",
    template="visit_due",
    title="客户回访提醒",
    body="王小明,您好",
)


def signature(key, text):
    return b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def ok(**said):
    return 200, json.dumps(said).encode()


def wecom(secret, path, _headers, body):
    """No signature: who knows the key may speak."""
    said = json.loads(body)
    if secret is None and KEY not in path:
        return ok(errcode=93000, errmsg="invalid webhook url")
    if said["msgtype"] != "text" or not said["text"]["content"]:
        return ok(errcode=40008, errmsg="invalid message type")
    if len(said["text"]["content"].encode()) > 2048:
        return ok(errcode=40058, errmsg="content exceeds 2048 bytes")
    return ok(errcode=0, errmsg="ok")


def dingtalk(secret, path, _headers, body):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    said = json.loads(body)
    if secret:
        at = asked.get("timestamp", "0")
        stale = abs(NOW.timestamp() * 1000 - int(at)) > 3_600_000
        if stale or asked.get("sign") != signature(secret, f"{at}\n{secret}"):
            return ok(errcode=310000, errmsg="sign not match")
    if said["msgtype"] != "text" or not said["text"]["content"]:
        return ok(errcode=40035, errmsg="missing parameter")
    return ok(errcode=0, errmsg="ok")


def feishu(secret, _path, _headers, body):
    said = json.loads(body)
    if secret and said.get("sign") != signature(f"{said.get('timestamp')}\n{secret}", ""):
        return ok(code=19021, msg="sign match fail or timestamp is not within one hour")
    if said["msg_type"] != "text" or not said["content"]["text"]:
        return 400, json.dumps({"code": 9499, "msg": "Bad Request"}).encode()
    return ok(StatusCode=0, StatusMessage="success", code=0, msg="success")


SERVERS = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}
SAID = {
    "wecom": lambda body: body["text"]["content"],
    "dingtalk": lambda body: body["text"]["content"],
    "feishu": lambda body: body["content"]["text"],
}
each_robot = pytest.mark.parametrize("name", sorted(ROBOTS))
each_signing = pytest.mark.parametrize("name", ["dingtalk", "feishu"])


def channel(name, **options):
    return RobotChannel(name, now=lambda: NOW, **{"allow_loopback": True, **options})


def address(server, secret=""):
    return f"http://127.0.0.1:{server.server_port}/robot/send?{KEY}{secret and '#'}{secret}"


def send(name, server, secret="", **fields):
    return channel(name).send(replace(PARCEL, address=address(server, secret), **fields))


@each_robot
def test_title_and_text_are_said_in_the_group(name):
    with receiving(partial(SERVERS[name], None)) as server:
        outcome = send(name, server)

    ((_, headers, body),) = server.requests
    assert Outcome(Result.DELIVERED) == outcome
    assert f"{PARCEL.title}\n{PARCEL.body}" == SAID[name](json.loads(body))
    assert "application/json; charset=utf-8" == headers["Content-Type"]


@each_signing
def test_with_a_secret_the_robot_knows_who_speaks(name):
    with receiving(partial(SERVERS[name], SECRET)) as server:
        outcome = send(name, server, SECRET)

    assert Outcome(Result.DELIVERED) == outcome


@each_signing
@pytest.mark.parametrize("secret", ["", OTHER])
def test_who_signs_wrongly_or_not_at_all_is_refused(name, secret):
    with receiving(partial(SERVERS[name], SECRET)) as server:
        outcome = send(name, server, secret)

    assert (Result.REFUSED, f"{name}_{ {'dingtalk': 310000, 'feishu': 19021}[name] }") == (
        outcome.result,
        outcome.why,
    )


@each_robot
def test_the_secret_itself_is_never_sent(name):
    with receiving(partial(SERVERS[name], None)) as server:
        send(name, server, SECRET)

    ((path, headers, body),) = server.requests
    assert SECRET not in f"{path}{headers}{body!r}"


@pytest.mark.parametrize(
    ("name", "said", "result"),
    [
        ("wecom", {"errcode": 45009}, Result.UNREACHABLE),
        ("wecom", {"errcode": -1}, Result.UNREACHABLE),
        ("wecom", {"errcode": 93000}, Result.REFUSED),
        ("dingtalk", {"errcode": 130101}, Result.UNREACHABLE),
        ("dingtalk", {"errcode": 300001}, Result.REFUSED),
        ("feishu", {"code": 11232}, Result.UNREACHABLE),
        ("feishu", {"code": 19024}, Result.REFUSED),
        ("feishu", {"code": 19001}, Result.REFUSED),
    ],
)
def test_success_is_what_the_body_says_and_not_the_status(name, said, result):
    with receiving(lambda *_request: ok(**said)) as server:
        outcome = send(name, server)

    (code,) = said.values()
    gone = Gone.ENDPOINT_GONE if code in (93000, 300001, 19001) else None
    assert Outcome(result, f"{name}_{code}", gone=gone) == outcome


@each_robot
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"errcode":"0","code":"0"}'])
def test_what_cannot_be_read_may_have_arrived(name, body):
    with receiving(lambda *_request: (200, body)) as server:
        outcome = send(name, server)

    assert Outcome(Result.DOUBTFUL, f"{name}_unreadable") == outcome


@each_robot
@pytest.mark.parametrize(
    ("status", "result"),
    [
        (302, Result.REFUSED),
        (403, Result.REFUSED),
        (429, Result.UNREACHABLE),
        (502, Result.UNREACHABLE),
    ],
)
def test_a_status_that_is_no_success_counts(name, status, result):
    with receiving(lambda *_request: (status, b'{"errcode":0,"code":0}')) as server:
        outcome = send(name, server)

    assert Outcome(result, f"{name}_{status}") == outcome


@each_robot
def test_a_robot_that_does_not_finish_its_answer_is_cut_off_and_not_asked_again(name, monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.4)
    with receiving() as server:
        server.status = 0
        outcome = send(name, server)

    assert Outcome(Result.DOUBTFUL, f"{name}_interrupted") == outcome
    assert not channel(name).repeatable


def test_a_text_that_is_too_long_is_cut_between_two_characters():
    with receiving(partial(wecom, None)) as server:
        outcome = send("wecom", server, body="限" * 1000)

    ((_, _, body),) = server.requests
    said = json.loads(body)["text"]["content"]
    assert Outcome(Result.DELIVERED) == outcome
    assert said.endswith("限…")
    assert len(said.encode()) in range(2046, 2049)


@each_robot
@pytest.mark.parametrize(
    "url",
    ["https://hooks.example.com/robot", "https://oapi.dingtalk.com.example.com/robot"],
)
def test_a_robot_stands_on_hosts_of_its_own_alone(name, url):
    def elsewhere(_host, _port):
        return ["93.184.215.14"]

    robot = channel(name, resolve=elsewhere)
    outcome = robot.send(replace(PARCEL, address=url))
    assert Outcome(Result.REFUSED, f"{name}_host_refused") == outcome


@each_robot
def test_this_machine_is_no_robot_unless_that_is_allowed(name):
    with receiving(partial(SERVERS[name], None)) as server:
        closed = channel(name, allow_loopback=False)
        outcome = closed.send(replace(PARCEL, address=address(server)))

    assert Outcome(Result.REFUSED, f"{name}_address_refused") == outcome
    assert [] == server.requests
