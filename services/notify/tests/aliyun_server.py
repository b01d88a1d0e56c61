"""A gateway of short messages that checks signatures and keeps what it took, as Aliyun's does."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

KEY_ID, KEY_SECRET, SIGN_NAME = "LTAI-test", "a-secret", "回音"
CODE = "SMS_1001"


@dataclass
class Aliyun:
    """``answers`` are codes to give instead of doing what was asked, ``drop`` how many answers to
    lose after the message was taken, ``fates`` what became of a message by its OutId (2: it did not
    arrive, 3: it did)."""

    clock: Any
    answers: list[str] = field(default_factory=list)
    drop: int = 0
    fates: dict[str, tuple[int, str]] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        asked = {name: found[0] for name, found in parse_qs(body.decode()).items()}
        if path != "/" or not self._signed(headers, body):
            return self._say(400, Code="SignatureDoesNotMatch", Message="The signature is wrong.")
        if self.answers:
            code = self.answers.pop(0)
            return self._say(503 if code == "ServiceUnavailable" else 200, Code=code)
        if headers["x-acs-action"] == "QuerySendDetails":
            self.asked.append(asked)
            return self._details(asked)
        return self._take(asked)

    def _take(self, asked: dict[str, str]) -> tuple[int, bytes]:
        if (asked["SignName"], asked["TemplateCode"]) != (SIGN_NAME, CODE):
            return self._say(200, Code="isv.SMS_TEMPLATE_ILLEGAL")
        self.taken.append({**asked, "at": self.clock()})
        if self.drop:
            self.drop -= 1
            return 200, b"<html>a proxy</html>"
        return self._say(200, Code="OK", BizId=f"biz^{len(self.taken)}", RequestId="r")

    def _details(self, asked: dict[str, str]) -> tuple[int, bytes]:
        found = [
            one
            for one in self.taken
            if (one["PhoneNumbers"], _day(one["at"])) == (asked["PhoneNumber"], asked["SendDate"])
        ]
        size, page = int(asked["PageSize"]), int(asked["CurrentPage"])
        shown = found[(page - 1) * size : page * size]
        details = [self._detail(one) for one in shown]
        told = {"SmsSendDetailDTOs": {"SmsSendDetailDTO": details}, "TotalCount": len(found)}
        return self._say(200, Code="OK", **told)

    def _detail(self, one: dict[str, Any]) -> dict[str, Any]:
        status, code = self.fates.get(one["OutId"], (1, ""))
        return {"OutId": one["OutId"], "SendStatus": status, "ErrCode": code}

    def _signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        scheme, _, said = headers["Authorization"].partition(" ")
        given = dict(one.split("=", 1) for one in said.split(","))
        digest = hashlib.sha256(body).hexdigest()
        names = given["SignedHeaders"].split(";")
        lines = "".join(f"{name}:{headers[name]}\n" for name in names)
        text = f"POST\n/\n\n{lines}\n{given['SignedHeaders']}\n{digest}"
        to_sign = f"{scheme}\n{hashlib.sha256(text.encode()).hexdigest()}"
        right = hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        whole = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date"} <= set(names)
        same = headers["x-acs-content-sha256"] == digest and given["Credential"] == KEY_ID
        return whole and same and hmac.compare_digest(right, given["Signature"])

    def _say(self, status: int, **said: Any) -> tuple[int, bytes]:
        return status, json.dumps(said, ensure_ascii=False).encode()


def _day(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%Y%m%d}"
