"""The channel that sends short messages through the gateway of a provider."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from notify.domain.delivery import Fate, Form, Outcome, Parcel, Report, Result

# For so long a gateway may not know yet of a message that it was given.
SLOWNESS = timedelta(minutes=5)
CODE_LENGTH = 60
# As China Mobile and China Unicom say that there is no such number; gateways pass it on.
UNKNOWN_SUBSCRIBER = re.compile(r"M[KN]:0001")


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One short message: ``number`` is in E.164, ``form`` is what the gateway has on file;
    ``receipt`` is the gateway's own number of it, once it took it."""

    id: UUID
    number: str
    form: Form
    receipt: str | None = None


class Gateway(Protocol):
    """A provider of short messages. ``can_be_asked``: it knows also of a message that it has taken
    and of which it has nothing to report yet, so that one it does not know was never taken."""

    @property
    def can_be_asked(self) -> bool: ...

    def submit(self, sms: Sms) -> Outcome:
        """Hand a message over; DELIVERED says that the gateway took it."""
        ...

    def find(self, sms: Sms, *, tried_at: datetime) -> Report:
        """What became of a message that was handed over at about ``tried_at``, real time."""
        ...


class SmsChannel:
    """A gateway knows no repetition. One that can be asked is asked before a message that may have
    arrived is sent again; with another such a message stays of unknown fate. ``now`` is real time.
    """

    needs_address = True

    def __init__(self, gateway: Gateway, *, now: Callable[[], datetime]) -> None:
        self._gateway, self._now = gateway, now

    @property
    def repeatable(self) -> bool:
        return self._gateway.can_be_asked

    def send(self, parcel: Parcel) -> Outcome:
        if parcel.form is None:
            return Outcome(Result.REFUSED, "sms_no_template", certain=True)
        sms = Sms(id=parcel.message_id, number=parcel.address, form=parcel.form)
        if parcel.doubted_at is None:
            return self._gateway.submit(sms)
        return self._settle(sms, parcel.doubted_at)

    def report(self, parcel: Parcel, *, sent_at: datetime) -> Report:
        """What the gateway knows of a message that it took at about ``sent_at``, real time."""
        if parcel.form is None or not parcel.own:
            return Report(Fate.NOT_TOLD)
        sms = Sms(
            id=parcel.message_id,
            number=parcel.address,
            form=parcel.form,
            receipt=parcel.receipt,
        )
        return self._gateway.find(sms, tried_at=sent_at)

    def _settle(self, sms: Sms, doubted_at: datetime) -> Outcome:
        """Ask what became of an earlier try; send again only what was surely never taken."""
        report = self._gateway.find(sms, tried_at=doubted_at)
        match report.fate:
            case Fate.ARRIVED | Fate.UNDER_WAY:
                return Outcome(Result.DELIVERED)
            case Fate.LOST:
                return Outcome(Result.REFUSED, report.why, certain=True, gone=report.gone)
            case Fate.NOT_TOLD:
                return Outcome(Result.UNREACHABLE, report.why)
        if self._now() < doubted_at + SLOWNESS:
            return Outcome(Result.UNREACHABLE, "sms_not_known_yet")
        return replace(self._gateway.submit(sms), certain=True)


def code_of(text: str) -> str:
    """The code of a gateway as it stands in the ledger: never what else the gateway wrote."""
    return f"sms_{re.sub(r'[^a-z0-9]+', '_', text.lower())}"[:CODE_LENGTH]
