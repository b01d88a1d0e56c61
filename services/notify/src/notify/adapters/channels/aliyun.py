"""Short messages by Aliyun (Dysmsapi 2017-05-25), signed as ACS3-HMAC-SHA256 has it.

A gateway sends templates that it has on file, with values for their parameters. It does not know a
repetition, but it can be asked what it did with a message under the sender's own id (``OutId``).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from hmac import new as hmac
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from notify.adapters.channels.posting import Answer, Poster
from notify.adapters.channels.sms import SLOWNESS, UNKNOWN_SUBSCRIBER, Sms, code_of
from notify.domain.delivery import Fate, Outcome, Report, Result
from notify.domain.reach import Gone

ALGORITHM = "ACS3-HMAC-SHA256"
VERSION = "2017-05-25"
FORM = "application/x-www-form-urlencoded"
HOME = ZoneInfo("Asia/Shanghai")  # By its days the gateway files what it sent.
PAGE_SIZE = 50
# Where a later try may work: limits for a number or an account, an empty account, faults of theirs.
PASSING = re.compile(
    r"isv\.(BUSINESS_LIMIT_CONTROL|DAY_LIMIT_CONTROL|MONTH_LIMIT_CONTROL|AMOUNT_NOT_ENOUGH"
    r"|OUT_OF_SERVICE)|isp\.SYSTEM_ERROR|Throttling.*|ServiceUnavailable.*|InternalError"
)

# No such number, asked or reported. MOBILE_NOT_ON_SERVICE is said of telephones that are off, too.
VOID = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "INVALID_NUMBER"})


class _States(IntEnum):
    """How the gateway calls what became of a message."""

    WAITING = 1
    FAILED = 2
    ARRIVED = 3


@dataclass(frozen=True, kw_only=True)
class AliyunAccount:
    """Who sends: the access key, and the signature that stands before each text."""

    endpoint: str
    key_id: str
    key_secret: str
    sign_name: str


class AliyunGateway:
    """``now`` is real time, for the signature."""

    can_be_asked = True

    def __init__(
        self, account: AliyunAccount, poster: Poster, *, now: Callable[[], datetime]
    ) -> None:
        self._account, self._poster, self._now = account, poster, now

    def submit(self, sms: Sms) -> Outcome:
        """Hand one message over; ``receipt`` is the gateway's id of it."""
        said = self._call(
            "SendSms",
            PhoneNumbers=_number(sms.number),
            SignName=self._account.sign_name,
            TemplateCode=sms.form.code,
            TemplateParam=json.dumps(dict(sms.form.values), ensure_ascii=False),
            OutId=str(sms.id),
        )
        if isinstance(said, Outcome):
            return said
        return Outcome(Result.DELIVERED, receipt=str(said.get("BizId", "")) or None)

    def find(self, sms: Sms, *, tried_at: datetime) -> Report:
        """What became of a message that was handed over at about ``tried_at``."""
        around = (tried_at - SLOWNESS, tried_at + SLOWNESS)
        for day in sorted({at.astimezone(HOME).date() for at in around}):
            for said in self._filed(sms, f"{day:%Y%m%d}"):
                if isinstance(said, Outcome):
                    return Report(Fate.NOT_TOLD, said.why)
                if said.get("OutId") == str(sms.id):
                    return _report(said)
        return Report(Fate.NEVER_TAKEN)

    def _filed(self, sms: Sms, day: str) -> Iterator[Mapping[str, Any] | Outcome]:
        """All that was sent to a number on a day, or why one cannot know."""
        seen, page, total = 0, 1, 1
        while seen < total:
            said = self._call(
                "QuerySendDetails",
                PhoneNumber=_number(sms.number),
                SendDate=day,
                PageSize=str(PAGE_SIZE),
                CurrentPage=str(page),
            )
            if isinstance(said, Outcome):
                yield said
                return
            yield from said.get("SmsSendDetailDTOs", {}).get("SmsSendDetailDTO", [])
            seen, page, total = seen + PAGE_SIZE, page + 1, int(said.get("TotalCount", 0))

    def _call(self, action: str, **asked: str) -> Mapping[str, Any] | Outcome:
        """The answer to an action that was carried out, or what its failure means."""
        target = self._poster.target(self._account.endpoint)
        if isinstance(target, Outcome):
            return target
        body = urlencode(asked).encode()
        answer = self._poster.post(target, body, self._headers(action, body))
        return answer if isinstance(answer, Outcome) else self._read(answer)

    def _read(self, answer: Answer) -> Mapping[str, Any] | Outcome:
        said = answer.said
        code = said.get("Code")
        if not isinstance(code, str):
            return self._poster.unreadable(answer.status)
        if code == "OK":
            return said
        passing = PASSING.fullmatch(code) or answer.status >= 500
        gone = Gone.NUMBER_VOID if code in VOID else None
        return Outcome(Result.UNREACHABLE if passing else Result.REFUSED, code_of(code), gone=gone)

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        signed = {
            "content-type": FORM,
            "host": urlsplit(self._account.endpoint).netloc,
            "x-acs-action": action,
            "x-acs-content-sha256": sha256(body).hexdigest(),
            "x-acs-date": f"{self._now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": token_hex(16),
            "x-acs-version": VERSION,
        }
        said = {
            "Credential": self._account.key_id,
            "SignedHeaders": ";".join(signed),
            "Signature": signature_of(self._account.key_secret, signed),
        }
        authorization = f"{ALGORITHM} {','.join(f'{k}={v}' for k, v in said.items())}"
        sent = {name: value for name, value in signed.items() if name != "host"}
        return {**sent, "Authorization": authorization}


def signature_of(secret: str, signed: Mapping[str, str], *, query: str = "") -> str:
    """The signature of a POST with the headers ``signed``, which stand in the order of their names,
    the digest of the body among them."""
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    digest = signed["x-acs-content-sha256"]
    request = "\n".join(("POST", "/", query, lines, ";".join(signed), digest))
    text = f"{ALGORITHM}\n{sha256(request.encode()).hexdigest()}"
    return hmac(secret.encode(), text.encode(), sha256).hexdigest()


def _number(number: str) -> str:
    """A number in E.164 as the gateway wants it: at home without the country's code."""
    return number.removeprefix("+86") if number.startswith("+86") else number.removeprefix("+")


def _report(said: Mapping[str, Any]) -> Report:
    match said.get("SendStatus"):
        case _States.ARRIVED:
            return Report(Fate.ARRIVED)
        case _States.FAILED:
            code = str(said.get("ErrCode") or "undelivered")
            void = code in VOID or UNKNOWN_SUBSCRIBER.fullmatch(code)
            return Report(Fate.LOST, code_of(code), Gone.NUMBER_VOID if void else None)
        case _:
            return Report(Fate.UNDER_WAY)
