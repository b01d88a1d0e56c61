"""The channel that sends mail by SMTP."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.errors import NonASCIILocalPartDefect
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Self
from urllib.parse import unquote, urlsplit

from notify.domain.delivery import Outcome, Parcel, Result
from notify.domain.reach import Gone

SECONDS = 4.0  # for each step; all steps together stay below the sender's lease
TEMPORARY, PERMANENT = 400, 500
OK = (250, 251)
NO_MAILBOX = (550, 551, 553)
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
# Bad mailbox, bad system, bad syntax, moved, no mail accepted there; mailbox disabled.
VOID = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class SmtpUrlInvalid(ValueError):
    """Not ``smtps://user:password@host:port``, ``smtp+starttls://...`` or ``smtp://...``."""


LINK = "List-Unsubscribe"


class MailPolicy(EmailPolicy):
    """A link is never folded: ``email`` would write a long one as encoded words, which no program
    that reads mail takes for a link (RFC 2369)."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == LINK:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


MAIL_POLICY = MailPolicy(linesep="\r\n")


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed in. ``security`` is one of ``smtp``, ``smtp+starttls``, ``smtps``."""

    security: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Raises SmtpUrlInvalid, which does not repeat the URL: it holds a password."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise SmtpUrlInvalid(cls.__doc__)
        return cls(
            security=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


class SmtpChannel:
    """Mail as plain text. Message-ID is the id of the message; a server may still take one twice,
    so a mail whose fate is not known is not sent again."""

    repeatable = False
    needs_address = True

    def __init__(
        self, server: SmtpServer, *, sender: str, tls: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._sender = Address(addr_spec=sender)
        self._tls = tls or ssl.create_default_context()

    def send(self, parcel: Parcel) -> Outcome:
        try:
            mail = self._mail(parcel).as_bytes(policy=MAIL_POLICY)
            parcel.address.encode("ascii")
        except (ValueError, IndexError):
            gone = None if _is_address(parcel.address) else Gone.ADDRESS_INVALID
            return Outcome(Result.REFUSED, "address_invalid", gone=gone)
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException):
            # A wrong password counts as well: it says nothing about this mail, and can be mended.
            return Outcome(Result.UNREACHABLE, "smtp_unreachable")
        try:
            return self._hand_in(connection, parcel.address, mail)
        finally:
            connection.close()

    def _mail(self, parcel: Parcel) -> EmailMessage:
        """The headers take no line breaks: email.message refuses them with ValueError."""
        mail = EmailMessage(policy=MAIL_POLICY)
        mail["From"] = self._sender
        mail["To"] = Address(addr_spec=parcel.address)
        mail["Subject"] = parcel.title
        mail["Message-ID"] = f"<{parcel.message_id}@{self._sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        if parcel.opt_out:
            mail[LINK] = f"<{parcel.opt_out}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(parcel.body)
        return mail

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        connection: smtplib.SMTP
        if server.security == "smtps":
            connection = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS, context=self._tls
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            self._greet(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _greet(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._server.security == "smtp+starttls":
            connection.starttls(context=self._tls)
        if self._server.user:
            connection.login(self._server.user, self._server.password)

    def _hand_in(self, connection: smtplib.SMTP, address: str, mail: bytes) -> Outcome:
        try:
            for step in (self._sender.addr_spec, connection.mail), (address, connection.rcpt):
                code, text = step[1](step[0])
                if code not in OK:
                    about_him = step[1] == connection.rcpt and is_unknown(code, text)
                    return _said(code, Gone.MAILBOX_UNKNOWN if about_him else None)
        except (OSError, smtplib.SMTPException):
            return Outcome(Result.UNREACHABLE, "smtp_interrupted")
        try:
            code, _ = connection.data(mail)
        except smtplib.SMTPDataError as error:
            return _said(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            return Outcome(Result.DOUBTFUL, "smtp_interrupted")
        return Outcome(Result.DELIVERED) if code in OK else _said(code)


def _is_address(text: str) -> bool:
    """Whether it is an address, be it one that this channel cannot write to."""
    try:
        Address(addr_spec=text)
    except NonASCIILocalPartDefect:
        return text.isprintable()
    except (ValueError, IndexError):
        return False
    return True


def is_unknown(code: int, text: bytes) -> bool:
    """Whether a refusal of a recipient says that there is no such mailbox: 550, 551 and 553 do
    where no enhanced status (RFC 3463) says otherwise, as for one that is refused by policy."""
    status = STATUS.match(text.decode("ascii", "replace").strip())
    return is_void(status[0]) if status else code in NO_MAILBOX


def is_void(status: str) -> bool:
    """Whether an enhanced status says that an address is none, or is not used any more."""
    return status in VOID


def _said(code: int, gone: Gone | None = None) -> Outcome:
    """What an answer that is no success means: 4xx may pass, anything else will not."""
    temporary = TEMPORARY <= code < PERMANENT
    result = Result.UNREACHABLE if temporary else Result.REFUSED
    return Outcome(result, f"smtp_{code}", gone=gone)
