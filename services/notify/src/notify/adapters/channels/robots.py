"""The channels that speak in a group of WeCom, DingTalk or Feishu through its robot.

The address is the robot's URL; what follows ``#`` is the secret with which DingTalk and Feishu
sign, and is never sent. A robot answers 200 to everything and says in the body whether it took the
text; it knows no repetition, so what may have arrived is not said again.
"""

import json
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import digest
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote_plus, urldefrag, urlsplit

from notify.adapters.channels.posting import Answer, Poster, is_success
from notify.adapters.channels.webhook_targets import Resolve, Target, resolve
from notify.domain.delivery import Outcome, Parcel, Result
from notify.domain.reach import Gone

Json = dict[str, Any]
HEADERS = {"Content-Type": "application/json; charset=utf-8"}
CUT = "…"


@dataclass(frozen=True, kw_only=True)
class Robot:
    """What tells the robots apart.

    ``signed`` adds the signature to a URL and a body; ``worded`` is the body for a text of at most
    ``text_bytes`` bytes. The code of the answer stands under one of ``codes``: 0 for success, one
    of ``passing`` where a later try may work, of ``gone`` where there is no such robot.
    """

    hosts: tuple[str, ...]
    worded: Callable[[str], Json]
    text_bytes: int
    codes: tuple[str, ...]
    passing: frozenset[int]
    gone: frozenset[int]
    signed: Callable[[str, Json, str, datetime], tuple[str, Json]]


def _keyed(key: str, text: str) -> str:
    return b64encode(digest(key.encode(), text.encode(), sha256)).decode()


def _unsigned(url: str, body: Json, _secret: str, _now: datetime) -> tuple[str, Json]:
    return url, body


def _signed_url(url: str, body: Json, secret: str, now: datetime) -> tuple[str, Json]:
    """DingTalk: milliseconds and signature stand in the query."""
    at = int(now.timestamp() * 1000)
    sign = quote_plus(_keyed(secret, f"{at}\n{secret}"))
    return f"{url}{'&' if urlsplit(url).query else '?'}timestamp={at}&sign={sign}", body


def _signed_body(url: str, body: Json, secret: str, now: datetime) -> tuple[str, Json]:
    """Feishu: seconds and signature stand in the body; what is signed is the key, over nothing."""
    at = str(int(now.timestamp()))
    return url, {"timestamp": at, "sign": _keyed(f"{at}\n{secret}", ""), **body}


ROBOTS: Mapping[str, Robot] = {
    "wecom": Robot(
        hosts=("qyapi.weixin.qq.com",),
        worded=lambda said: {"msgtype": "text", "text": {"content": said}},
        text_bytes=2048,
        codes=("errcode",),
        passing=frozenset({-1, 45009, 45033}),
        gone=frozenset({93000}),
        signed=_unsigned,
    ),
    "dingtalk": Robot(
        hosts=("oapi.dingtalk.com",),
        worded=lambda said: {"msgtype": "text", "text": {"content": said}},
        text_bytes=15_000,
        codes=("errcode",),
        passing=frozenset({-1, 90018, 130101, 410100}),
        gone=frozenset({300001}),
        signed=_signed_url,
    ),
    "feishu": Robot(
        hosts=("open.feishu.cn", "open.larksuite.com"),
        worded=lambda said: {"msg_type": "text", "content": {"text": said}},
        text_bytes=15_000,
        codes=("code", "StatusCode"),
        passing=frozenset({11232, 11233, 99991400}),
        gone=frozenset({19001}),
        signed=_signed_body,
    ),
}


class RobotChannel:
    """Says a message in the group whose robot its address names. ``now`` is real time, for the
    signature. Where ``allow_loopback``, a robot may also stand on this machine."""

    repeatable = False
    needs_address = True

    def __init__(
        self,
        name: str,
        *,
        now: Callable[[], datetime],
        allow_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._name, self._robot, self._now = name, ROBOTS[name], now
        self._poster = Poster(name, allow_loopback=allow_loopback, tls=tls, resolve=resolve)

    def send(self, parcel: Parcel) -> Outcome:
        url, secret = urldefrag(parcel.address)
        said = _cut(f"{parcel.title}\n{parcel.body}", self._robot.text_bytes)
        body = self._robot.worded(said)
        if secret:
            url, body = self._robot.signed(url, body, secret, self._now())
        target = self._poster.target(url)
        if isinstance(target, Outcome):
            return target
        if not _is_robot(target, self._robot):
            return Outcome(Result.REFUSED, f"{self._name}_host_refused")
        answer = self._poster.post(target, json.dumps(body).encode(), HEADERS)
        return answer if isinstance(answer, Outcome) else self._read(answer)

    def _read(self, answer: Answer) -> Outcome:
        code = _code(answer, self._robot.codes) if is_success(answer.status) else None
        if code is None:
            return self._poster.unreadable(answer.status)
        if code == 0:
            return Outcome(Result.DELIVERED)
        passing = code in self._robot.passing
        gone = Gone.ENDPOINT_GONE if code in self._robot.gone else None
        result = Result.UNREACHABLE if passing else Result.REFUSED
        return Outcome(result, f"{self._name}_{code}", gone=gone)


def _is_robot(target: Target, robot: Robot) -> bool:
    """Whether it is one of the robot's hosts, or this machine where that is allowed."""
    return target.host in robot.hosts or ip_address(target.address).is_loopback


def _code(answer: Answer, names: tuple[str, ...]) -> int | None:
    """The code of an answer, None where there is none that one can read."""
    found = (answer.said[name] for name in names if name in answer.said)
    return next((code for code in found if isinstance(code, int)), None)


def _cut(text: str, most: int) -> str:
    """``text`` in at most ``most`` bytes of UTF-8, with a mark where something was left out."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - len(CUT.encode())].decode(errors="ignore") + CUT
