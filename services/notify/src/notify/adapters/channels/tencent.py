"""Short messages by Tencent Cloud (SMS 2021-01-11), signed as TC3-HMAC-SHA256 has it.

It reports on a message only once a carrier has said what became of it, by its own number of the
message (``SerialNo``), and by the sender's id (``SessionContext``) for accounts that have asked for
that. So one that it does not know may have been taken all the same.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import digest
from typing import Any
from urllib.parse import urlsplit

from notify.adapters.channels.posting import Answer, Poster
from notify.adapters.channels.sms import SLOWNESS, UNKNOWN_SUBSCRIBER, Sms, code_of
from notify.domain.delivery import Fate, Outcome, Report, Result
from notify.domain.reach import Gone

ALGORITHM = "TC3-HMAC-SHA256"
SERVICE = "sms"
VERSION = "2021-01-11"
JSON = "application/json; charset=utf-8"
REPORTS = 100  # As many as it gives at once, of the last seven days.
# Where a later try may work: limits for a number or an account, an empty account, hours in which
# nothing may be sent, faults of theirs.
PASSING = re.compile(
    r"(Request)?LimitExceeded(\..*)?|InternalError(\..*)?|ResourceInsufficient(\..*)?"
    r"|FailedOperation\.(InsufficientBalanceInSmsPackage|MarketingSendTimeConstraint)"
    r"|UnauthorizedOperation\.ServiceSuspendDueToArrears"
)
# They lost sight of the message themselves, behind their own front.
LOST_SIGHT = frozenset({"InternalError.Timeout", "InternalError.SendAndRecvFail"})
VOID = frozenset(
    {"InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberParseFail"}
)


@dataclass(frozen=True, kw_only=True)
class TencentAccount:
    """Who sends: the key, the application and its region, and the signature before each text."""

    endpoint: str
    key_id: str
    key_secret: str
    app_id: str
    region: str
    sign_name: str


class TencentGateway:
    """``now`` is real time, for the signature."""

    can_be_asked = False

    def __init__(
        self, account: TencentAccount, poster: Poster, *, now: Callable[[], datetime]
    ) -> None:
        self._account, self._poster, self._now = account, poster, now

    def submit(self, sms: Sms) -> Outcome:
        """Hand one message over; ``receipt`` is the gateway's number of it."""
        said = self._call(
            "SendSms",
            PhoneNumberSet=[sms.number],
            SmsSdkAppId=self._account.app_id,
            SignName=self._account.sign_name,
            TemplateId=sms.form.code,
            TemplateParamSet=list(sms.form.values.values()),
            SessionContext=str(sms.id),
        )
        if isinstance(said, Outcome):
            return said
        taken = next(iter(_each(said, "SendStatusSet")), {})
        code = taken.get("Code")
        if not isinstance(code, str):
            return Outcome(Result.DOUBTFUL, "sms_unreadable")
        if code != "Ok":
            return _refused(code)
        return Outcome(Result.DELIVERED, receipt=str(taken.get("SerialNo", "")) or None)

    def find(self, sms: Sms, *, tried_at: datetime) -> Report:
        """What became of a message that was handed over at about ``tried_at``."""
        said = self._call(
            "PullSmsSendStatusByPhoneNumber",
            PhoneNumber=sms.number,
            SmsSdkAppId=self._account.app_id,
            BeginTime=int((tried_at - SLOWNESS).timestamp()),
            Offset=0,
            Limit=REPORTS,
        )
        if isinstance(said, Outcome):
            return Report(Fate.NOT_TOLD, said.why)
        for one in _each(said, "PullSmsSendStatusSet"):
            if one.get("SessionContext") == str(sms.id):
                return _report(one)
            if sms.receipt is not None and one.get("SerialNo") == sms.receipt:
                return _report(one)
        return Report(Fate.UNDER_WAY)

    def _call(self, action: str, **asked: Any) -> Mapping[str, Any] | Outcome:
        """The answer to an action that was carried out, or what its failure means."""
        target = self._poster.target(self._account.endpoint)
        if isinstance(target, Outcome):
            return target
        body = json.dumps(asked, ensure_ascii=False).encode()
        answer = self._poster.post(target, body, self._headers(action, body))
        return answer if isinstance(answer, Outcome) else self._read(answer)

    def _read(self, answer: Answer) -> Mapping[str, Any] | Outcome:
        said = answer.said.get("Response")
        if not isinstance(said, Mapping):
            return self._poster.unreadable(answer.status)
        error = said.get("Error")
        if error is None:
            return said
        code = error.get("Code") if isinstance(error, Mapping) else None
        return _refused(code) if isinstance(code, str) else self._poster.unreadable(answer.status)

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        now = self._now().astimezone(UTC)
        signed = {"content-type": JSON, "host": urlsplit(self._account.endpoint).netloc}
        scope = f"{now:%Y-%m-%d}/{SERVICE}/tc3_request"
        said = {
            "Credential": f"{self._account.key_id}/{scope}",
            "SignedHeaders": ";".join(signed),
            "Signature": signature_of(
                self._account.key_secret, signed, body, service=SERVICE, now=now
            ),
        }
        return {
            "Content-Type": JSON,
            "X-TC-Action": action,
            "X-TC-Version": VERSION,
            "X-TC-Region": self._account.region,
            "X-TC-Timestamp": str(int(now.timestamp())),
            "Authorization": f"{ALGORITHM} {', '.join(f'{k}={v}' for k, v in said.items())}",
        }


def signature_of(
    secret: str, signed: Mapping[str, str], body: bytes, *, service: str, now: datetime
) -> str:
    """The signature of a POST with the headers ``signed``, which stand in the order of their
    names. ``now`` is in UTC."""
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    request = "\n".join(("POST", "/", "", lines, ";".join(signed), sha256(body).hexdigest()))
    day = f"{now:%Y-%m-%d}"
    hashed = sha256(request.encode()).hexdigest()
    text = f"{ALGORITHM}\n{int(now.timestamp())}\n{day}/{service}/tc3_request\n{hashed}"
    key = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        key = digest(key, part.encode(), sha256)
    return digest(key, text.encode(), sha256).hex()


def _refused(code: str) -> Outcome:
    """What a code means that is no success."""
    gone = Gone.NUMBER_VOID if code in VOID else None
    if code in LOST_SIGHT:
        return Outcome(Result.DOUBTFUL, code_of(code))
    passing = PASSING.fullmatch(code)
    return Outcome(Result.UNREACHABLE if passing else Result.REFUSED, code_of(code), gone=gone)


def _each(said: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    found = said.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _report(said: Mapping[str, Any]) -> Report:
    """What a carrier said: its code where there is one, and no words in Chinese."""
    if said.get("ReportStatus") == "SUCCESS":
        return Report(Fate.ARRIVED)
    if said.get("ReportStatus") != "FAIL":
        return Report(Fate.UNDER_WAY)
    code = str(said.get("Description", "")).partition(" ")[0]
    void = UNKNOWN_SUBSCRIBER.fullmatch(code)
    why = code_of(code if code.isascii() and code else "undelivered")
    return Report(Fate.LOST, why, Gone.NUMBER_VOID if void else None)
