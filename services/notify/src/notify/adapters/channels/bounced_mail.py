"""What a mail server says later of a mail that it took (delivery status, RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message as Mail
from email.policy import compat32
from email.utils import parseaddr
from uuid import UUID

from notify.adapters.channels.smtp import is_unknown, is_void
from notify.domain.reach import Gone

MESSAGE_ID = re.compile(r"<([0-9a-f-]{36})@[^<>@\s]+>")
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})")
DIAGNOSTIC = re.compile(r"\s*smtp\s*;\s*(\d{3})[ -]?(.*)", re.IGNORECASE | re.DOTALL)


class Unreadable(ValueError):
    """It is no report on the delivery of a mail of ours."""


@dataclass(frozen=True, kw_only=True)
class BouncedMail:
    """What a server says of the mail with the message ``message_id``. ``final``: it will not arrive
    any more. ``why`` is a code for the ledger; ``address`` is whom the mail was sent to."""

    message_id: UUID
    final: bool
    why: str
    address: str
    gone: Gone | None


def read_bounce(text: str) -> BouncedMail:
    """Read a report as it came by mail. Raises Unreadable."""
    mail = message_from_string(text, policy=compat32)
    parts = list(mail.walk())
    said = next((one for one in map(_recipient, parts) if one is not None), None)
    message_id = next(_ids(parts), None)
    if said is None or message_id is None:
        raise Unreadable("Not a report on the delivery of a message of ours.")
    status = STATUS.match(str(said.get("Status", "")))
    if status is None:
        raise Unreadable("The report names no status.")
    address = _address(said.get("Original-Recipient") or said.get("Final-Recipient"))
    final = str(said.get("Action", "")).strip().lower() == "failed"
    gone = Gone.MAILBOX_UNKNOWN if final and _is_unknown(said, status[1]) else None
    why = f"dsn_{status[1].replace('.', '_')}"
    return BouncedMail(message_id=message_id, final=final, why=why, address=address, gone=gone)


def _recipient(part: Mail) -> Mail | None:
    """The fields about the recipient: the block that fails, or else the first."""
    if part.get_content_type() != "message/delivery-status":
        return None
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return None
    about = [one for one in blocks if isinstance(one, Mail) and one.get("Final-Recipient")]
    failed = [one for one in about if str(one.get("Action", "")).strip().lower() == "failed"]
    return next(iter([*failed, *about]), None)


def _ids(parts: list[Mail]) -> Iterator[UUID]:
    """The ids of the mails that the report brings back, whole or their heads alone."""
    for part in parts:
        inner = part
        if part.get_content_type() == "text/rfc822-headers":
            inner = message_from_string(str(part.get_payload()), policy=compat32)
        elif part is parts[0]:
            continue  # The report itself has an id as well.
        found = MESSAGE_ID.search(str(inner.get("Message-ID", "")))
        if found:
            try:
                yield UUID(found[1])
            except ValueError:
                continue


def _is_unknown(said: Mail, status: str) -> bool:
    """A server that gives no more than 5.0.0 often says in its answer what it means."""
    if not status.endswith(".0.0"):
        return is_void(status)
    told = DIAGNOSTIC.match(str(said.get("Diagnostic-Code", "")))
    return (
        status.startswith("5.") and told is not None and is_unknown(int(told[1]), told[2].encode())
    )


def _address(field: object) -> str:
    """``rfc822; wang@example.com`` without its type."""
    _, _, address = str(field or "").partition(";")
    return parseaddr(address.strip())[1]
