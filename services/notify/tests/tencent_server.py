"""A gateway of short messages that checks signatures and keeps what it took, as Tencent's does."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

KEY_ID, KEY_SECRET, SIGN_NAME = "AKID-test", "a-secret", "回音"
APP_ID, REGION, CODE = "1400006666", "ap-guangzhou", "1123835"
PATIENCE = timedelta(minutes=5)
KEPT = timedelta(days=7)
SIGNED = ("content-type", "host")


@dataclass
class Tencent:
    """``answers`` are codes to give instead of doing what was asked, ``refusals`` codes to give for
    the number, ``drop`` how many answers to lose after the message was taken. ``fates``: what
    carriers said of a message by its SerialNo; before that it is not reported. ``echoes``: the
    account has asked for its own ids in reports."""

    clock: Any
    answers: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    drop: int = 0
    echoes: bool = False
    fates: dict[str, tuple[str, str]] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        if path != "/" or (fault := self._fault(headers, body)):
            return self._fail(fault)
        if (headers["X-TC-Version"], headers["X-TC-Region"]) != ("2021-01-11", REGION):
            return self._fail("UnsupportedRegion")
        if self.answers:
            return self._fail(self.answers.pop(0))
        asked = json.loads(body)
        if asked["SmsSdkAppId"] != APP_ID:
            return self._fail("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
        match headers["X-TC-Action"]:
            case "SendSms":
                return self._take(asked)
            case "PullSmsSendStatusByPhoneNumber":
                return self._reports(asked)
        return self._fail("InvalidAction")

    def _take(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        (number,) = asked["PhoneNumberSet"]
        status = {"PhoneNumber": number, "SessionContext": asked["SessionContext"], "Fee": 0}
        if (asked["SignName"], asked["TemplateId"]) != (SIGN_NAME, CODE):
            self.refusals.insert(0, "FailedOperation.TemplateIncorrectOrUnapproved")
        if self.refusals:
            status |= {"SerialNo": "", "Code": self.refusals.pop(0), "Message": "refused"}
            return self._say(SendStatusSet=[status])
        serial = f"5000:{len(self.taken) + 1}"
        self.taken.append({**asked, "at": self.clock(), "serial": serial})
        if self.drop:
            self.drop -= 1
            return 200, b"<html>a proxy</html>"
        status |= {"SerialNo": serial, "Fee": 1, "Code": "Ok", "Message": "send success"}
        return self._say(SendStatusSet=[status])

    def _reports(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(asked)
        since = datetime.fromtimestamp(asked["BeginTime"], UTC)
        if since < self.clock() - KEPT or asked["Offset"] != 0 or asked["Limit"] > 100:
            return self._fail("InvalidParameterValue.BeginTimeVerifyFail")
        found = [
            self._report(one)
            for one in self.taken
            if one["PhoneNumberSet"] == [asked["PhoneNumber"]]
            and one["at"] >= since
            and one["serial"] in self.fates
        ]
        return self._say(PullSmsSendStatusSet=found[: asked["Limit"]])

    def _report(self, one: dict[str, Any]) -> dict[str, Any]:
        status, description = self.fates[one["serial"]]
        return {
            "PhoneNumber": one["PhoneNumberSet"][0],
            "SerialNo": one["serial"],
            "ReportStatus": status,
            "Description": description,
            "SessionContext": one["SessionContext"] if self.echoes else None,
        }

    def _fault(self, headers: Mapping[str, str], body: bytes) -> str:
        """What is wrong with the signature of a request."""
        scheme, _, said = headers["Authorization"].partition(" ")
        given = dict(one.split("=", 1) for one in said.split(", "))
        key_id, day, *scope = given["Credential"].split("/")
        at = datetime.fromtimestamp(int(headers["X-TC-Timestamp"]), UTC)
        if abs(self.clock() - at) > PATIENCE:
            return "AuthFailure.SignatureExpire"
        names = given["SignedHeaders"].split(";")
        if (scheme, key_id, scope) != ("TC3-HMAC-SHA256", KEY_ID, ["sms", "tc3_request"]):
            return "AuthFailure.SecretIdNotFound"
        lines = "".join(f"{name}:{headers[name]}\n" for name in names)
        digest = hashlib.sha256(body).hexdigest()
        request = f"POST\n/\n\n{lines}\n{given['SignedHeaders']}\n{digest}"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        text = f"{scheme}\n{headers['X-TC-Timestamp']}\n{at:%Y-%m-%d}/sms/tc3_request\n{hashed}"
        right = _keyed(_key(f"{at:%Y-%m-%d}"), text).hex()
        whole = set(SIGNED) <= set(names) and day == f"{at:%Y-%m-%d}"
        same = hmac.compare_digest(right, given["Signature"])
        return "" if whole and same else "AuthFailure.SignatureFailure"

    def _fail(self, code: str) -> tuple[int, bytes]:
        """Tencent answers 200 to what it refuses."""
        return self._say(Error={"Code": code, "Message": "refused"})

    def _say(self, **said: Any) -> tuple[int, bytes]:
        told = {"Response": {**said, "RequestId": "r"}}
        return 200, json.dumps(told, ensure_ascii=False).encode()


def _key(day: str) -> bytes:
    return _keyed(_keyed(_keyed(f"TC3{KEY_SECRET}".encode(), day), "sms"), "tc3_request")


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
